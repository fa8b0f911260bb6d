'use client';
import { FlaskConical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '../data/use-action.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { buttonClass } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

/** Says that what is seen is sample data, and switches it off. Nothing for clusters without. */
export function SampleDataBadge({ cluster }: { cluster: string }) {
  const t = useTranslations('shell.sampleData');
  const { data } = useEndpoint('listClusters', {}, { refetchInterval: 2000 });
  const setSampleData = useAction('setSampleData', { done: t('off') });
  const [isAsking, setAsking] = useState(false);
  const [removesTopics, setRemovesTopics] = useState(false);
  if (!data?.items.some(({ id, sampleData }) => id === cluster && sampleData)) return null;
  const switchOff = async () => {
    const body = { enabled: false, removeTopics: removesTopics };
    if (await setSampleData.run({ params: { cluster }, body })) setAsking(false);
  };
  return (
    <>
      <button
        type="button"
        onClick={() => setAsking(true)}
        title={t('tip')}
        className={buttonClass('plain', 'small', 'rounded-full border-dashed max-sm:size-7 max-sm:px-0')}
      >
        <FlaskConical aria-hidden className="size-3.5" />
        <span className="max-sm:sr-only">{t('badge')}</span>
      </button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
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
    </>
  );
}
