'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Payload } from '../../../lib/contract/messages.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { looksLikeJson, printJson, readJson } from '../exact-json.ts';
import { payloadBytes, payloadText } from '../payload-bytes.ts';
import { HexView } from './hex-view.tsx';
import { JsonTree } from './json-tree.tsx';

export type PayloadViewKind = 'json' | 'tree' | 'text' | 'hex';

export interface PayloadViewProps {
  payload: Payload;
  /** What the payload is, for the name of the choice of views: "Key", "Value". */
  part: string;
  /** The view chosen before, also for another message; null shows each payload as suits it best. */
  wish: PayloadViewKind | null;
  onWish: (kind: PayloadViewKind) => void;
}

function jsonOf(payload: Payload) {
  if (payload.encoding !== 'utf8' || payload.isTruncated || !looksLikeJson(payload.data)) return null;
  const reading = readJson(payload.data);
  return reading.ok ? reading.node : null;
}

/** A key or value as a JSON tree, printed JSON, text or bytes. */
export function PayloadView({ payload, part, wish, onWish }: PayloadViewProps) {
  const t = useTranslations('messages.view');
  const json = useMemo(() => jsonOf(payload), [payload]);
  const kinds: PayloadViewKind[] = json ? ['json', 'tree', 'text', 'hex'] : ['text', 'hex'];
  const best = payload.encoding === 'base64' ? 'hex' : (kinds[0] as PayloadViewKind);
  const shown = wish && kinds.includes(wish) ? wish : best;

  return (
    <div>
      <Segmented
        label={t('label', { part })}
        value={shown}
        onValueChange={onWish}
        choices={kinds.map((value) => ({ value, label: t(value) }))}
        className="mb-2 h-7"
      />
      <section
        aria-label={part}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        data-scrolls
        className="max-h-[60dvh] overflow-auto rounded-md border border-line bg-page p-2.5"
      >
        {shown === 'tree' && json && <JsonTree node={json} />}
        {shown === 'json' && json && <Preformatted text={printJson(json)} />}
        {shown === 'text' && <Preformatted text={payloadText(payload)} />}
        {shown === 'hex' && <HexView bytes={payloadBytes(payload)} />}
      </section>
    </div>
  );
}

function Preformatted({ text }: { text: string }) {
  return <pre className="whitespace-pre-wrap break-words font-mono text-xs leading-5">{text}</pre>;
}
