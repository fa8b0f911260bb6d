'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '../../data/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/error-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { searchSummary } from './search-summary.ts';

export interface SaveSearchDialogProps {
  cluster: string;
  topic: string | null;
  query: string;
  onClose: () => void;
}

/** Gives a search a name, under which everybody finds it. */
export function SaveSearchDialog({ cluster, topic, query, onClose }: SaveSearchDialogProps) {
  const t = useTranslations('messages.saved');
  const [name, setName] = useState('');
  const save = useAction('saveSearch', { done: t('done'), showsFailure: true });
  const taken = save.failure?.fields?.find(({ field }) => field === 'name');

  async function submit() {
    if (await save.run({ params: { cluster }, body: { name, topic, query } })) onClose();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      width="small"
      title={t('saveTitle')}
      description={t('saveDescription')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="submit"
            form="save-search"
            tone="primary"
            isBusy={save.isBusy}
            disabled={name.trim() === ''}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        id="save-search"
        noValidate
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void submit();
        }}
      >
        <p className="break-all rounded-md bg-sunken px-2.5 py-1.5 font-mono text-xs">
          {searchSummary(query)}
        </p>
        <Field label={t('name')} error={taken?.message}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={120}
              value={name}
              onChange={(event) => {
                save.reset();
                setName(event.target.value);
              }}
            />
          )}
        </Field>
        {save.failure && !taken && <FailureLine failure={save.failure} />}
      </form>
    </Dialog>
  );
}
