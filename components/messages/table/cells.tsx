'use client';

import { useTranslations } from 'next-intl';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import { messageField } from '../fields/message-field.ts';
import { MarkedText } from './marked-text.tsx';
import type { FindMatches } from './matches.ts';
import { PayloadMarks } from './message-marks.tsx';
import { payloadPreview, textPreview } from './preview.ts';

interface PayloadCellProps {
  payload: Payload | null;
  /** What is said where there is none. */
  nothing: string;
  find: FindMatches | null;
}

/** A key or value in one line. */
export function PayloadCell({ payload, nothing, find }: PayloadCellProps) {
  const t = useTranslations('messages');
  if (payload === null) return <span className="text-ink-faint italic">{nothing}</span>;
  if (payload.size === 0) return <span className="text-ink-faint italic">{t('emptyPayload')}</span>;
  return (
    <>
      <PayloadMarks payload={payload} />
      <span className="min-w-0 truncate font-mono text-xs">
        <MarkedText {...payloadPreview(payload, find)} />
      </span>
    </>
  );
}

interface FieldCellProps {
  message: Message;
  path: string;
  find: FindMatches | null;
}

/** What stands at a path of the message. */
export function FieldCell({ message, path, find }: FieldCellProps) {
  const t = useTranslations('messages');
  const finding = messageField(message, path);
  if (finding === 'absent') {
    return (
      <span className="text-ink-faint" title={t('noField')}>
        <span aria-hidden>–</span>
        <span className="sr-only">{t('noField')}</span>
      </span>
    );
  }
  if (finding === 'cut') {
    return (
      <span className="text-ink-faint" title={t('cutFieldHint')}>
        {t('cutField')}
      </span>
    );
  }
  const { text, kind } = finding;
  if (kind === 'literal') return <span className="font-mono text-ink-faint text-xs italic">{text}</span>;
  return (
    <span title={text.length > 30 ? text.slice(0, 1000) : undefined} className="font-mono text-xs">
      <MarkedText {...textPreview(text, find, 120)} />
    </span>
  );
}

/** How many headers, with their names on hover. */
export function HeadersCell({ headers }: Pick<Message, 'headers'>) {
  if (headers.length === 0) return <span className="text-ink-faint">0</span>;
  const names = headers
    .slice(0, 20)
    .map(({ key }) => key)
    .join(', ');
  return <span title={names}>{headers.length}</span>;
}
