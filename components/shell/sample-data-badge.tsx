'use client';
import { FlaskConical } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useEndpoint } from '../data/use-endpoint.ts';
import { buttonClass } from '../ui/button.tsx';

/** Fetched when it is first opened. */
const SampleDataDialog = dynamic(
  () => import('./sample-data-dialog.tsx').then((module) => module.SampleDataDialog),
  { ssr: false },
);

/** Says that what is seen is sample data, and switches it off. Nothing for clusters without. */
export function SampleDataBadge({ cluster }: { cluster: string }) {
  const t = useTranslations('shell.sampleData');
  const { data } = useEndpoint('listClusters', {}, { refetchInterval: 2000 });
  const [isAsking, setAsking] = useState(false);
  const [wasAsked, setWasAsked] = useState(false);
  if (!data?.items.some(({ id, sampleData }) => id === cluster && sampleData)) return null;
  return (
    <>
      <button
        type="button"
        onClick={() => {
          setWasAsked(true);
          setAsking(true);
        }}
        title={t('tip')}
        className={buttonClass('plain', 'small', 'rounded-full border-dashed max-sm:size-7 max-sm:px-0')}
      >
        <FlaskConical aria-hidden className="size-3.5" />
        <span className="max-sm:sr-only">{t('badge')}</span>
      </button>
      {wasAsked ? <SampleDataDialog cluster={cluster} isOpen={isAsking} onOpenChange={setAsking} /> : null}
    </>
  );
}
