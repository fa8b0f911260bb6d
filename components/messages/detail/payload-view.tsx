'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { Payload } from '../../../lib/contract/messages.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { looksLikeJson, printJson, readJson } from '../exact-json.ts';
import { payloadBytes, rawText, shownPayload } from '../payload-bytes.ts';
import type { FindMatches } from '../table/matches.ts';
import { HexView } from './hex-view.tsx';
import { JsonTree } from './json-tree.tsx';
import { TextView } from './text-view.tsx';

export type PayloadViewKind = 'json' | 'tree' | 'text' | 'raw' | 'hex';

export interface PayloadViewProps {
  payload: Payload;
  /** What the payload is, for the name of the choice of views: "Key", "Value". */
  part: string;
  /** The view chosen before, also for another message; null shows each payload as suits it best. */
  wish: PayloadViewKind | null;
  onWish: (kind: PayloadViewKind) => void;
  find: FindMatches | null;
}

/** A document longer than this is taken apart only when a person asks for it. */
const AT_ONCE = 1_000_000;

/** A key or value as a document, as text or as bytes. */
export function PayloadView({ payload, part, wish, onWish, find }: PayloadViewProps) {
  const t = useTranslations('messages.view');
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const { kinds, best } = useMemo(() => viewsOf(payload), [payload]);
  const kind = wish && kinds.includes(wish) ? wish : best;
  return (
    <div>
      <Segmented
        label={t('label', { part })}
        value={kind}
        onValueChange={onWish}
        choices={kinds.map((value) => ({ value, label: t(value) }))}
        className="mb-2 h-7"
      />
      <section
        ref={setScroller}
        aria-label={part}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        data-scrolls
        className="max-h-[60dvh] overflow-auto rounded-md border border-line bg-page p-2.5"
      >
        <View key={kind} kind={kind} payload={payload} scroller={scroller} find={find} />
      </section>
    </div>
  );
}

/** Which ways of looking at a payload make sense, and which is the best. */
function viewsOf(payload: Payload): { kinds: PayloadViewKind[]; best: PayloadViewKind } {
  const { text, isJson, isCut } = shownPayload(payload);
  if (text === null) return { kinds: ['raw', 'hex'], best: 'hex' };
  const isLong = text.length > AT_ONCE;
  const isDocument = isJson && !isCut && (isLong ? looksLikeJson(text) : readJson(text).ok);
  const isDecoded = payload.encoding === 'base64' || text !== payload.data;
  return {
    kinds: [
      ...(isDocument ? (['json', 'tree'] as const) : []),
      'text',
      ...(isDecoded ? (['raw'] as const) : []),
      'hex',
    ],
    best: isDocument && !isLong ? 'json' : 'text',
  };
}

interface ViewProps extends Pick<PayloadViewProps, 'payload' | 'find'> {
  kind: PayloadViewKind;
  scroller: HTMLElement | null;
}

function View({ kind, payload, scroller, find }: ViewProps) {
  switch (kind) {
    case 'hex':
      return <Hex payload={payload} scroller={scroller} />;
    case 'raw':
      return <TextView text={rawText(payload)} scroller={scroller} find={null} />;
    case 'text':
      return <TextView text={shownPayload(payload).text ?? ''} scroller={scroller} find={find} />;
    default:
      return <Document kind={kind} payload={payload} scroller={scroller} find={find} />;
  }
}

function Hex({ payload, scroller }: Pick<ViewProps, 'payload' | 'scroller'>) {
  const bytes = useMemo(() => payloadBytes(payload), [payload]);
  return <HexView bytes={bytes} scroller={scroller} />;
}

function Document({ kind, payload, scroller, find }: ViewProps) {
  const text = shownPayload(payload).text ?? '';
  const reading = useMemo(() => readJson(text), [text]);
  const printed = useMemo(
    () => (reading.ok && kind === 'json' ? printJson(reading.node) : text),
    [reading, kind, text],
  );
  if (reading.ok && kind === 'tree') return <JsonTree node={reading.node} />;
  return <TextView text={printed} scroller={scroller} find={find} />;
}
