'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Payload } from '../../../lib/contract/messages.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Bytes, useNumberText } from '../../ui/format.tsx';
import { Badge, HealthMark } from '../../ui/health.tsx';
import { payloadText, shownPayload } from '../payload-bytes.ts';
import type { FindMatches } from '../table/matches.ts';
import { PayloadMarks } from '../table/message-marks.tsx';
import { PayloadView, type PayloadViewKind } from './payload-view.tsx';

export interface PayloadSectionProps {
  title: string;
  payload: Payload | null;
  /** What a null means here: no key, a tombstone. */
  nullText: ReactNode;
  wish: PayloadViewKind | null;
  onWish: (kind: PayloadViewKind) => void;
  find: FindMatches | null;
  /** Loads what was cut off; absent where no more can be had. */
  onLoadAll: (() => void) | undefined;
  isLoading: boolean;
}

/** Key or value of a message: how it was read and by what schema, its size, its views. */
export function PayloadSection(props: PayloadSectionProps) {
  const { title, payload, nullText, wish, onWish, find } = props;
  const t = useTranslations('messages');
  return (
    <section className="mt-5">
      <div className="mb-1.5 flex min-h-7 flex-wrap items-center gap-2">
        <h3 className="text-[0.8125rem] font-semibold">{title}</h3>
        {payload && (
          <>
            <span className="text-ink-faint text-xs">
              <Bytes value={payload.size} />
            </span>
            <ReadBy payload={payload} />
            <CopyButton text={() => payloadText(payload)} label={t('detail.copyPart', { part: title })} />
          </>
        )}
      </div>
      {payload?.decoded?.problem && (
        <p className="mb-2 flex gap-1.5 rounded-md bg-warning-surface px-2.5 py-1.5 text-[0.8125rem]">
          <HealthMark health="warning" className="mt-px" />
          <span className="min-w-0 break-words">{payload.decoded.problem}</span>
        </p>
      )}
      {payload === null && <p className="text-[0.8125rem] text-ink-soft">{nullText}</p>}
      {payload?.size === 0 && <p className="text-[0.8125rem] text-ink-soft">{t('emptyPayload')}</p>}
      {payload && payload.size > 0 && (
        <PayloadView payload={payload} part={title} wish={wish} onWish={onWish} find={find} />
      )}
      {payload && <Cut {...props} payload={payload} />}
    </section>
  );
}

/** The serde, and the schema where it has one. */
function ReadBy({ payload: { decoded, ...rest } }: { payload: Payload }) {
  const t = useTranslations('messages.detail');
  if (!decoded) return <PayloadMarks payload={rest} />;
  const { schema } = decoded;
  return (
    <>
      {decoded.problem === null && <Badge title={t('serde')}>{decoded.serde}</Badge>}
      <PayloadMarks payload={{ ...rest, decoded }} />
      {schema && (
        <span className="min-w-0 break-all text-ink-soft text-xs">
          {schema.id === null ? schema.name : t('schema', { name: schema.name, id: String(schema.id) })}
        </span>
      )}
    </>
  );
}

function Cut({ payload, onLoadAll, isLoading }: PayloadSectionProps & { payload: Payload }) {
  const t = useTranslations('messages.detail');
  const text = useNumberText();
  if (!shownPayload(payload).isCut) return null;
  const shown = payload.encoding === 'base64' ? (payload.data.length * 3) / 4 : new Blob([payload.data]).size;
  return (
    <p role="status" className="mt-1.5 flex flex-wrap items-center gap-2 text-warning text-xs">
      {t('cut', { shown: text.bytes(Math.floor(shown)), size: text.bytes(payload.size) })}
      {onLoadAll && (
        <Button size="small" isBusy={isLoading} onClick={onLoadAll}>
          {t('loadAll')}
        </Button>
      )}
    </p>
  );
}
