'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { Payload } from '../../../../lib/contract/messages.ts';
import { cn } from '../../../ui/class-names.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { printJson, readJson } from '../../exact-json.ts';
import { hexDump } from '../../hex-dump.ts';
import { payloadBytes, shownPayload } from '../../payload-bytes.ts';
import { type DiffRow, inlineRows, pairedRows } from './diff-rows.ts';
import { type DiffLine, diffLines } from './line-diff.ts';

/** Characters of each side that are compared. */
const COMPARED = 500_000;
/** Rows drawn at once. */
const DRAWN = 400;

export interface DiffViewProps {
  before: Payload | null;
  after: Payload | null;
  isWide: boolean;
}

/** Two values line by line, as documents where they are ones. */
export function DiffView({ before, after, isWide }: DiffViewProps) {
  const t = useTranslations('messages.compare');
  const [wish, setWish] = useState<'inline' | 'paired' | null>(null);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [drawn, setDrawn] = useState(DRAWN);
  const lines = useMemo(() => diffLines(comparedText(before), comparedText(after)), [before, after]);
  const form = wish ?? (isWide ? 'paired' : 'inline');
  const rows = useMemo(
    () => (form === 'paired' ? pairedRows(lines, opened) : inlineRows(lines, opened)),
    [form, lines, opened],
  );
  if (lines.every(({ kind }) => kind === 'same')) {
    return <p className="text-[0.8125rem] text-ink-soft">{t('same')}</p>;
  }
  return (
    <div>
      <Segmented
        label={t('form')}
        value={form}
        onValueChange={setWish}
        choices={[
          { value: 'inline', label: t('inline') },
          { value: 'paired', label: t('paired') },
        ]}
        className="mb-2 h-7"
      />
      <section
        aria-label={t('changes')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        data-scrolls
        className="max-h-[60dvh] overflow-auto rounded-md border border-line bg-page py-1.5"
      >
        <div className="min-w-max font-mono text-xs leading-5">
          {rows.slice(0, drawn).map((row, index) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of one comparison, in its order
              key={index}
              row={row}
              onOpen={(from) => setOpened(new Set([...opened, from]))}
            />
          ))}
        </div>
        {rows.length > drawn && (
          <button
            type="button"
            className="ml-3 text-xs underline underline-offset-2"
            onClick={() => setDrawn(drawn + DRAWN)}
          >
            {t('more', { count: rows.length - drawn })}
          </button>
        )}
      </section>
    </div>
  );
}

function Row({ row, onOpen }: { row: DiffRow; onOpen: (from: number) => void }) {
  const t = useTranslations('messages.compare');
  if (row.kind === 'skipped') {
    return (
      <button
        type="button"
        onClick={() => onOpen(row.from)}
        className="block w-full bg-sunken px-3 text-left text-ink-faint hover:bg-hover"
      >
        {t('skipped', { count: row.count })}
      </button>
    );
  }
  if (row.kind === 'line') return <Line line={row.line} />;
  return (
    <div className="grid grid-cols-[minmax(18rem,1fr)_minmax(18rem,1fr)]">
      <Line line={row.before} />
      <Line line={row.after} className="border-line border-l" />
    </div>
  );
}

const SIGN = { same: ' ', removed: '−', added: '+' } as const;

/** Told apart by sign, weight and shade, not by colour: colour means health here. */
function Line({ line, className }: { line: DiffLine | null; className?: string }) {
  const t = useTranslations('messages.compare');
  if (!line) return <div className={cn('bg-sunken', className)} />;
  const { kind, text } = line;
  return (
    <div
      className={cn(
        'flex min-h-5 px-2',
        kind === 'added' && 'bg-selected font-semibold',
        kind === 'removed' && 'bg-sunken text-ink-faint line-through decoration-from-font',
        className,
      )}
    >
      <span aria-hidden className="inline-block w-4 shrink-0 no-underline select-none">
        {SIGN[kind]}
      </span>
      {kind !== 'same' && <span className="sr-only">{t(kind)}</span>}
      <span className="whitespace-pre">{text}</span>
    </div>
  );
}

function comparedText(payload: Payload | null): string {
  if (payload === null) return 'null';
  const { text, isJson, isCut } = shownPayload(payload);
  if (text === null) return hexDump(payloadBytes(payload).subarray(0, COMPARED / 4));
  const whole = text.slice(0, COMPARED);
  if (!isJson || isCut || whole.length < text.length) return whole;
  const reading = readJson(whole);
  return reading.ok ? printJson(reading.node) : whole;
}
