import type { DiffLine } from './line-diff.ts';

/** A row of a comparison as it is drawn: a line, two lines side by side, or a run of lines that are the same. */
export type DiffRow =
  | { kind: 'line'; line: DiffLine }
  | { kind: 'pair'; before: DiffLine | null; after: DiffLine | null }
  | { kind: 'skipped'; count: number; from: number };

/** Lines that are the same and stand beside a change, on each side. */
const CONTEXT = 3;

/** Rows under one another; long runs of lines that are the same are left out, but those that were opened. */
export function inlineRows(lines: readonly DiffLine[], opened: ReadonlySet<number>): DiffRow[] {
  return withoutRuns(lines, opened).map((row) =>
    row.kind === 'skipped' ? row : { kind: 'line', line: row.line },
  );
}

/** The same side by side: what was taken away stands beside what was added in its place. */
export function pairedRows(lines: readonly DiffLine[], opened: ReadonlySet<number>): DiffRow[] {
  const rows: DiffRow[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      rows.push({ kind: 'pair', before: removed[index] ?? null, after: added[index] ?? null });
    }
    removed = [];
    added = [];
  };
  for (const row of withoutRuns(lines, opened)) {
    if (row.kind === 'line' && row.line.kind === 'removed') removed.push(row.line);
    else if (row.kind === 'line' && row.line.kind === 'added') added.push(row.line);
    else {
      flush();
      rows.push(row.kind === 'line' ? { kind: 'pair', before: row.line, after: row.line } : row);
    }
  }
  flush();
  return rows;
}

type LineOrGap = Extract<DiffRow, { kind: 'line' | 'skipped' }>;

function withoutRuns(lines: readonly DiffLine[], opened: ReadonlySet<number>): LineOrGap[] {
  const rows: LineOrGap[] = [];
  let at = 0;
  while (at < lines.length) {
    let end = at;
    while (end < lines.length && lines[end]?.kind === 'same') end += 1;
    const from = at === 0 ? at : at + CONTEXT;
    const to = end === lines.length ? end : end - CONTEXT;
    const isSkipped = to - from > 1 && !opened.has(from);
    for (let index = at; index < end; index += 1) {
      if (isSkipped && index === from) rows.push({ kind: 'skipped', count: to - from, from });
      if (!isSkipped || index < from || index >= to)
        rows.push({ kind: 'line', line: lines[index] as DiffLine });
    }
    for (at = end; at < lines.length && lines[at]?.kind !== 'same'; at += 1) {
      rows.push({ kind: 'line', line: lines[at] as DiffLine });
    }
  }
  return rows;
}
