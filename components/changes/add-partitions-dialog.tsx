'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { addPartitionsBody } from '../../lib/contract/topics.ts';
import { assignNewPartitions, type NewPartitionsRequest } from '../../lib/kafka/assignment/new-partitions.ts';
import { useAction } from '../data/use-action.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { RadioGroup } from '../ui/segmented.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { usePlanPreview } from './use-plan-preview.ts';

export interface AddPartitionsDialogProps {
  cluster: string;
  topic: string;
  /** Partitions when the dialog was opened. */
  partitionCount: number;
  onClose: () => void;
}

/** The number wanted when it can be asked for, by the contract and above what is there. */
function wantedCount(text: string, now: number): number | null {
  if (!/^\d{1,9}$/.test(text.trim())) return null;
  const parsed = addPartitionsBody.safeParse({ count: Number(text) });
  return parsed.success && parsed.data.count > now ? parsed.data.count : null;
}

export function AddPartitionsDialog({ cluster, topic, partitionCount, onClose }: AddPartitionsDialogProps) {
  const t = useTranslations('topics.grow');
  const [before] = useState(partitionCount);
  const [text, setText] = useState(String(partitionCount + 1));
  const count = wantedCount(text, before);
  const [placement, setPlacement] = useState<Placement>('cluster');
  const isSpread = placement === 'spread';
  const layout = useLayout(cluster, topic);
  const assignment = useMemo(
    () => (isSpread && count !== null && layout ? spreadOver(layout, count) : undefined),
    [isSpread, count, layout],
  );
  const isKnown = count !== null && (!isSpread || assignment !== undefined);
  const add = useAction('addPartitions', {
    done: count === null ? undefined : t('done', { topic, count }),
    showsFailure: true,
  });
  const preview = usePlanPreview(
    cluster,
    isKnown ? { operation: 'add-partitions', topic, body: { count, assignment } } : null,
    { isHeld: add.isBusy },
  );

  async function submit() {
    if (!isKnown) return;
    if (await add.run({ params: { cluster, topic }, body: { count, assignment } })) onClose();
  }

  return (
    <ChangeDialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={<span className="break-all">{t('title', { topic })}</span>}
      description={t('description')}
      preview={preview}
      submitLabel={count === null ? t('submitBare') : t('submit', { count: count - before })}
      onSubmit={() => void submit()}
      isBusy={add.isBusy}
      isComplete={isKnown}
      failure={add.failure}
    >
      <Field
        label={t('count')}
        hint={t('countHint', { count: before })}
        error={count === null ? t('problem', { min: before + 1 }) : undefined}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="w-32 text-right"
          />
        )}
      </Field>
      <RadioGroup
        label={t('placement')}
        value={placement}
        onValueChange={setPlacement}
        choices={[
          { value: 'cluster', label: t('byCluster'), hint: t('byClusterHint') },
          {
            value: 'spread',
            label: t('spread'),
            hint: t('spreadHint'),
            isDisabled: !layout || layout.replicationFactor > layout.brokers.length,
          },
        ]}
      />
    </ChangeDialog>
  );
}

/** Who chooses the brokers of the new partitions. */
type Placement = 'cluster' | 'spread';

type TopicLayout = Pick<NewPartitionsRequest, 'brokers' | 'existing' | 'replicationFactor'>;

/** Where the topic lies and the brokers that are up; undefined until read. */
function useLayout(cluster: string, topic: string): TopicLayout | undefined {
  const once = { refetchInterval: false as const };
  const detail = useEndpoint('getTopic', { params: { cluster, topic } }, once).data;
  const brokers = useEndpoint('listBrokers', { params: { cluster } }, once).data;
  return useMemo(
    () =>
      detail &&
      brokers && {
        replicationFactor: detail.replicationFactor,
        brokers: brokers.items.filter((broker) => broker.isAlive),
        existing: detail.partitions.map((one) => ({ ...one, leader: one.leader ?? -1 })),
      },
    [detail, brokers],
  );
}

function spreadOver(layout: TopicLayout, total: number): number[][] {
  return assignNewPartitions({ ...layout, count: total - layout.existing.length, rackAware: true });
}
