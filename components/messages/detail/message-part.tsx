'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Bytes, useNumberText } from '../../ui/format.tsx';
import { Badge } from '../../ui/health.tsx';
import { payloadText } from '../payload-bytes.ts';
import { PayloadView, type PayloadViewKind } from './payload-view.tsx';

export interface MessagePartProps {
  title: string;
  payload: Payload | null;
  /** What a null means here: no key, a tombstone. */
  nullText: ReactNode;
  wish: PayloadViewKind | null;
  onWish: (kind: PayloadViewKind) => void;
}

/** Key or value of a message with its size, its views and a button to copy it. */
export function MessagePart({ title, payload, nullText, wish, onWish }: MessagePartProps) {
  const t = useTranslations('messages');
  const text = useNumberText();
  return (
    <section className="mt-5">
      <div className="mb-1.5 flex min-h-7 items-center gap-2">
        <h3 className="text-[0.8125rem] font-semibold">{title}</h3>
        {payload && (
          <>
            <span className="text-xs text-ink-faint">
              <Bytes value={payload.size} />
            </span>
            {payload.encoding === 'base64' && <Badge>{t('marks.binary')}</Badge>}
            <CopyButton text={payloadText(payload)} label={t('detail.copyPart', { part: title })} />
          </>
        )}
      </div>
      {payload === null && <p className="text-[0.8125rem] text-ink-soft">{nullText}</p>}
      {payload?.size === 0 && <p className="text-[0.8125rem] text-ink-soft">{t('emptyPayload')}</p>}
      {payload && payload.size > 0 && (
        <PayloadView payload={payload} part={title} wish={wish} onWish={onWish} />
      )}
      {payload?.isTruncated && (
        <p role="status" className="mt-1 text-xs text-warning">
          {t('detail.cut', {
            shown: text.bytes(new Blob([payload.data]).size),
            size: text.bytes(payload.size),
          })}
        </p>
      )}
    </section>
  );
}

/** Headers in the order of the record; the same name may stand several times. */
export function MessageHeaders({ headers }: { headers: Message['headers'] }) {
  const t = useTranslations('messages');
  if (headers.length === 0) return <p className="text-[0.8125rem] text-ink-soft">{t('detail.noHeaders')}</p>;
  return (
    <dl className="divide-y divide-line rounded-md border border-line">
      {headers.map((header, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list of a message never changes
          key={index}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 px-3 py-1 sm:grid-cols-[minmax(6rem,1fr)_2fr_auto]"
        >
          <dt className="py-1.5 font-mono text-xs break-all text-ink-soft max-sm:pb-0">{header.key}</dt>
          <dd className="min-w-0 py-1.5 font-mono text-xs break-all max-sm:row-start-2 max-sm:pt-0.5">
            {header.value === null ? (
              <span className="text-ink-faint italic">null</span>
            ) : (
              payloadText(header.value)
            )}
          </dd>
          <dd className="size-7 max-sm:row-span-2">
            {header.value && (
              <CopyButton
                text={payloadText(header.value)}
                label={t('detail.copyPart', { part: header.key })}
              />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
