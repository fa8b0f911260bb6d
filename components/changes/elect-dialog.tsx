'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { PlanRequest } from '../../lib/contract/plans.ts';
import { useAction } from '../data/use-action.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { ItemFailures } from './item-failures.tsx';
import { useItemFailures } from './use-item-failures.ts';
import { usePlanPreview } from './use-plan-preview.ts';

export interface ElectDialogProps {
  cluster: string;
  /** Absent: every partition of the cluster. */
  topic?: string;
  onClose: () => void;
}

/** Elects preferred leaders of a topic or of the whole cluster, after showing which leaders change. */
export function ElectDialog({ cluster, topic, onClose }: ElectDialogProps) {
  const t = useTranslations('plans.elections');
  const detail = useEndpoint(
    'getTopic',
    { params: { cluster, topic: topic ?? '' } },
    { isEnabled: topic !== undefined, refetchInterval: false },
  );
  const partitions = useMemo(
    () =>
      topic === undefined
        ? undefined
        : detail.data?.partitions
            .filter((each) => !each.isPreferredLeader)
            .map(({ partition }) => ({ topic, partition })),
    [topic, detail.data],
  );
  const isKnown = topic === undefined || partitions !== undefined;
  const isNeeded = topic === undefined || (partitions?.length ?? 0) > 0;
  const request: PlanRequest | null =
    isKnown && isNeeded ? { operation: 'elect-leaders', body: { partitions } } : null;
  const { failed, keep } = useItemFailures();
  const elect = useAction('electLeaders', {
    done: (answer) => {
      const count = answer.items.filter((item) => item.ok).length;
      return count > 0 ? t('done', { count }) : undefined;
    },
    showsFailure: true,
  });
  const preview = usePlanPreview(cluster, request, { isHeld: elect.isBusy });

  async function submit() {
    const answer = await elect.run({ params: { cluster }, body: { partitions } });
    if (answer && keep(answer) === 0) onClose();
  }

  return (
    <ChangeDialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={
        <span className="break-all">
          {topic === undefined ? t('dialogTitle') : t('dialogTopic', { topic })}
        </span>
      }
      description={t('description')}
      preview={isNeeded ? preview : isKnown ? null : { plan: undefined, failure: undefined, isWorking: true }}
      submitLabel={t('submit')}
      onSubmit={() => void submit()}
      isBusy={elect.isBusy}
      isComplete={isNeeded && (preview.plan?.changes.length ?? 0) > 0}
      failure={elect.failure ?? detail.failure}
    >
      {(isKnown && !isNeeded) || failed.length > 0 ? (
        <>
          {isKnown && !isNeeded && <p className="text-[0.8125rem] text-ink-soft">{t('allPreferred')}</p>}
          <ItemFailures failed={failed} />
        </>
      ) : null}
    </ChangeDialog>
  );
}
