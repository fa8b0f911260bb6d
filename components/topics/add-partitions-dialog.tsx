'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { addPartitionsBody } from '../../lib/contract/topics.ts';
import { useAction } from '../data/use-action.ts';
import { ChangeDialog } from '../plans/change-dialog.tsx';
import { usePlanPreview } from '../plans/use-plan-preview.ts';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';

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
  const add = useAction('addPartitions', {
    done: count === null ? undefined : t('done', { topic, count }),
    showsFailure: true,
  });
  const preview = usePlanPreview(
    cluster,
    count === null ? null : { operation: 'add-partitions', topic, body: { count } },
    { isHeld: add.isBusy },
  );

  async function submit() {
    if (count === null) return;
    if (await add.run({ params: { cluster, topic }, body: { count } })) onClose();
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
      isComplete={count !== null}
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
    </ChangeDialog>
  );
}
