'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '../data/use-action.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

export interface SampleDataDialogProps {
  cluster: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Asks whether the sample data is to be switched off, and its topics removed with it. */
export function SampleDataDialog({ cluster, isOpen, onOpenChange }: SampleDataDialogProps) {
  const t = useTranslations('shell.sampleData');
  const setSampleData = useAction('setSampleData', { done: t('off') });
  const [removesTopics, setRemovesTopics] = useState(false);
  const switchOff = async () => {
    const body = { enabled: false, removeTopics: removesTopics };
    if (await setSampleData.run({ params: { cluster }, body })) onOpenChange(false);
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('description')}
      confirmLabel={t('switchOff')}
      isBusy={setSampleData.isBusy}
      isDangerous={removesTopics}
      onConfirm={switchOff}
    >
      <Checkbox isChecked={removesTopics} onCheckedChange={setRemovesTopics}>
        {t('removeTopics')}
      </Checkbox>
    </ConfirmDialog>
  );
}
