'use client';

import { useTranslations } from 'next-intl';
import type { ReassignmentState } from '../../lib/contract/plans.ts';
import { ItemFailures } from '../changes/item-failures.tsx';
import { useItemFailures } from '../changes/use-item-failures.ts';
import { useAction } from '../data/use-action.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FailureLine } from '../ui/error-state.tsx';

export interface CancelDialogProps {
  cluster: string;
  rows: readonly ReassignmentState[];
  onClose: () => void;
}

/** Takes reassignments back that are under way. */
export function CancelDialog({ cluster, rows, onClose }: CancelDialogProps) {
  const t = useTranslations('plans.underWay');
  const { failed, keep } = useItemFailures();
  const alter = useAction('alterReassignments', {
    done: (answer) => {
      const count = answer.items.filter((item) => item.ok).length;
      return count > 0 ? t('cancelled', { count }) : undefined;
    },
    showsFailure: true,
  });

  async function confirm() {
    const targets = rows.map(({ topic, partition }) => ({ topic, partition, replicas: null }));
    const answer = await alter.run({ params: { cluster }, body: { targets } });
    if (answer && keep(answer) === 0) onClose();
  }

  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={t('cancelTitle', { count: rows.length })}
      description={t('cancelDetail')}
      confirmLabel={rows.length > 1 ? t('cancelAll') : t('cancel')}
      onConfirm={() => void confirm()}
      isDangerous
      isBusy={alter.isBusy}
    >
      {failed.length > 0 || alter.failure ? (
        <>
          <ItemFailures failed={failed} />
          {alter.failure && <FailureLine failure={alter.failure} />}
        </>
      ) : null}
    </ConfirmDialog>
  );
}
