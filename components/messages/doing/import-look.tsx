'use client';

import { useTranslations } from 'next-intl';
import type { ImportSample } from '../../../lib/contract/exported-messages.ts';
import { HealthMark } from '../../ui/health.tsx';
import { payloadPreview } from '../table/preview.ts';
import type { ImportLook } from './import-job.ts';

const MOST_MISTAKES = 20;

/** The first lines of a file as messages, and what is wrong with any of them. */
export function ImportLookView({ look: { samples, end } }: { look: ImportLook }) {
  const t = useTranslations('doing.import');
  const good = end.given - end.failures.length;
  return (
    <section aria-label={t('look')} className="space-y-2">
      <p role="status" className="flex items-center gap-2 text-[0.8125rem]">
        <HealthMark health={end.failures.length > 0 ? 'warning' : good > 0 ? 'ok' : 'unknown'} />
        {t('looked', { lines: end.settledUpTo, good, bad: end.failures.length })}
      </p>
      {end.failures.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
        <section aria-label={t('mistakes')} tabIndex={0} className="max-h-32 overflow-y-auto">
          <ul className="text-xs text-ink-soft">
            {end.failures.slice(0, MOST_MISTAKES).map(({ line, detail }) => (
              <li key={line}>
                {t('line', { line: line ?? 0 })}: {detail}
              </li>
            ))}
            {end.failures.length > MOST_MISTAKES && (
              <li>{t('moreMistakes', { count: end.failures.length - MOST_MISTAKES })}</li>
            )}
          </ul>
        </section>
      )}
      {samples.length > 0 && (
        <section
          aria-label={t('samples')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
          tabIndex={0}
          className="max-h-64 overflow-y-auto rounded-md border border-line"
        >
          <ol className="divide-y divide-line">
            {samples.map((sample) => (
              <Sample key={sample.line} sample={sample} />
            ))}
          </ol>
        </section>
      )}
    </section>
  );
}

function Sample({ sample: { line, partition, timestamp, key, value, headers } }: { sample: ImportSample }) {
  const t = useTranslations('doing.import');
  return (
    <li className="space-y-0.5 px-3 py-2 font-mono text-xs break-all">
      <p className="flex flex-wrap gap-x-3 font-sans text-ink-faint">
        <span>{t('line', { line })}</span>
        {partition !== null && <span>{t('toPartition', { partition })}</span>}
        {timestamp !== null && <span>{timestamp}</span>}
        {headers.length > 0 && <span>{t('headerCount', { count: headers.length })}</span>}
      </p>
      <p className="text-ink-soft">{key === null ? t('noKey') : payloadPreview(key).text}</p>
      <p>{value === null ? t('tombstone') : payloadPreview(value).text}</p>
    </li>
  );
}
