'use client';

import { useTranslations } from 'next-intl';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import { payloadPreview } from '../table/preview.ts';

/** The first messages that are sent. */
export function ResendSamples({ samples }: { samples: readonly Message[] }) {
  const t = useTranslations('doing.resend');
  if (samples.length === 0) return null;
  return (
    <section aria-label={t('samples')}>
      <h3 className="mb-1 text-xs font-medium text-ink-soft">{t('samples')}</h3>
      <ol className="divide-y divide-line rounded-md border border-line">
        {samples.map(({ topic, partition, offset, key, value, headers }) => (
          <li
            key={`${topic} ${partition} ${offset}`}
            className="space-y-0.5 px-3 py-2 font-mono text-xs break-all"
          >
            <p className="text-ink-faint">{`${topic}-${partition}@${offset}`}</p>
            <p className="text-ink-soft">{textOf(key) ?? <Nothing>{t('noKey')}</Nothing>}</p>
            <p className="line-clamp-4">{textOf(value) ?? <Nothing>{t('tombstone')}</Nothing>}</p>
            {headers.length > 0 && (
              <p className="line-clamp-2 text-ink-faint">
                {headers.map((header) => `${header.key}: ${textOf(header.value) ?? '–'}`).join(' · ')}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Nothing({ children }: { children: string }) {
  return <span className="font-sans text-ink-faint">{children}</span>;
}

function textOf(payload: Payload | null): string | null {
  return payload === null ? null : payloadPreview(payload).text;
}
