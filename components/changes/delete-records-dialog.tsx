'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { EndpointCall } from '../../lib/contract/endpoint.ts';
import type { Endpoints } from '../../lib/contract/endpoints.ts';
import { useAction } from '../data/use-action.ts';
import { MultiCombobox } from '../ui/combobox.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FailureLine } from '../ui/error-state.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { ItemFailures } from './item-failures.tsx';
import { PlanView } from './plan-view.tsx';
import { useItemFailures } from './use-item-failures.ts';
import { usePlanPreview } from './use-plan-preview.ts';

type Body = NonNullable<EndpointCall<Endpoints['deleteRecords']>['body']>;

export interface DeleteRecordsDialogProps {
  cluster: string;
  topic: string;
  partitionCount: number | null;
  /** Up to which message, the message itself included. */
  initial?: { partition: number; offset: number };
  onClose: () => void;
}

interface Form {
  kind: 'end' | 'time' | 'offset';
  /** Empty: all of them. */
  partitions: string[];
  /** As a datetime-local control has it, in UTC. */
  time: string;
  offset: string;
}

/** Deletes the oldest records of a topic after its name was typed, showing how many go of each partition. */
export function DeleteRecordsDialog(props: DeleteRecordsDialogProps) {
  const { cluster, topic, partitionCount, initial, onClose } = props;
  const t = useTranslations('plans.deleteRecords');
  const [form, setForm] = useState<Form>({
    kind: initial ? 'offset' : 'end',
    partitions: initial ? [String(initial.partition)] : [],
    time: '',
    offset: initial ? String(initial.offset + 1) : '',
  });
  const change = (changed: Partial<Form>) => setForm({ ...form, ...changed });
  const { failed, keep } = useItemFailures();
  const remove = useAction('deleteRecords', { done: t('done', { topic }), showsFailure: true });
  const body = bodyOf(form, partitionCount);
  const preview = usePlanPreview(cluster, body ? { operation: 'delete-records', topic, body } : null, {
    isHeld: remove.isBusy,
  });
  const going = preview.plan?.deletions?.filter((one) => one.beforeOffset > one.logStartOffset) ?? [];

  async function confirm() {
    // What the plan shows, whatever has been written since.
    const offsets = Object.fromEntries(going.map(({ partition, beforeOffset }) => [partition, beforeOffset]));
    const answer = await remove.run({ params: { cluster, topic }, body: { before: { offsets } } });
    if (answer && keep(answer) === 0) onClose();
  }

  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={<span className="break-all">{t('title', { topic })}</span>}
      description={t('description')}
      confirmLabel={t('submit')}
      onConfirm={() => void confirm()}
      isDangerous
      isBusy={remove.isBusy}
      isConfirmDisabled={preview.isWorking || preview.failure !== undefined || going.length === 0}
      nameToType={topic}
    >
      <div className="space-y-4">
        <Segmented
          label={t('upTo')}
          value={form.kind}
          onValueChange={(kind) => change({ kind })}
          choices={[
            { value: 'end', label: t('end') },
            { value: 'time', label: t('time') },
            { value: 'offset', label: t('offset') },
          ]}
        />
        {form.kind === 'time' && (
          <Field label={t('before')} hint={t('timeHint')}>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                step={1}
                value={form.time}
                onChange={(event) => change({ time: event.target.value })}
              />
            )}
          </Field>
        )}
        {form.kind === 'offset' && (
          <Field label={t('beforeOffset')} hint={t('offsetHint')}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={form.offset}
                onChange={(event) => change({ offset: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field label={t('partitions')} hint={form.partitions.length === 0 ? t('allPartitions') : undefined}>
          {(control) => (
            <MultiCombobox
              id={control.id}
              describedBy={control['aria-describedby']}
              values={form.partitions}
              onValuesChange={(partitions) => change({ partitions })}
              choices={Array.from({ length: partitionCount ?? 0 }, (_, partition) => String(partition))}
            />
          )}
        </Field>
        <PlanView {...preview} />
        <ItemFailures failed={failed} />
        {remove.failure && <FailureLine failure={remove.failure} />}
      </div>
    </ConfirmDialog>
  );
}

/** Null while the form is not complete. */
function bodyOf({ kind, partitions, time, offset }: Form, partitionCount: number | null): Body | null {
  const ids = partitions.map(Number);
  const named = ids.length > 0 ? { partitions: ids } : {};
  if (kind === 'end') return { before: 'end', ...named };
  if (kind === 'time') {
    const at = Date.parse(`${time}Z`);
    return Number.isNaN(at) ? null : { before: { time: new Date(at).toISOString() }, ...named };
  }
  if (!/^\d{1,15}$/.test(offset) || (ids.length === 0 && partitionCount === null)) return null;
  const all = ids.length > 0 ? ids : Array.from({ length: partitionCount! }, (_, partition) => partition);
  return { before: { offsets: Object.fromEntries(all.map((partition) => [partition, Number(offset)])) } };
}
