import { describe, expect, it } from 'vitest';
import { type DiffRow, inlineRows, pairedRows } from './diff-rows.ts';
import { diffLines } from './line-diff.ts';

const numbers = Array.from({ length: 20 }, (_, index) => String(index));
const before = numbers.join('\n');
const after = numbers.with(10, 'ten').toSpliced(11, 0, 'and a half').join('\n');
const lines = diffLines(before, after);

function shown(row: DiffRow): string {
  if (row.kind === 'skipped') return `… ${row.count}`;
  if (row.kind === 'pair') return `${row.before?.text ?? ''} | ${row.after?.text ?? ''}`;
  return row.line.text;
}

describe('diff rows', () => {
  it('leave out what is the same and far from a change', () => {
    expect(inlineRows(lines, new Set()).map(shown)).toEqual([
      '… 7',
      '7',
      '8',
      '9',
      '10',
      'ten',
      'and a half',
      '11',
      '12',
      '13',
      '… 6',
    ]);
  });

  it('put side by side what took the place of what', () => {
    expect(pairedRows(lines, new Set()).map(shown)).toEqual([
      '… 7',
      '7 | 7',
      '8 | 8',
      '9 | 9',
      '10 | ten',
      ' | and a half',
      '11 | 11',
      '12 | 12',
      '13 | 13',
      '… 6',
    ]);
  });

  it('show a run that was opened', () => {
    const [gap] = inlineRows(lines, new Set());
    const opened = inlineRows(lines, new Set([gap?.kind === 'skipped' ? gap.from : -1]));
    expect(opened.slice(0, 8).map(shown)).toEqual(numbers.slice(0, 8));
  });

  it('leave out nothing of short runs, nor of texts that are the same but for all', () => {
    expect(inlineRows(diffLines('a\nb\nc', 'a\nx\nc'), new Set()).map(shown)).toEqual(['a', 'b', 'x', 'c']);
    expect(inlineRows(diffLines(before, before), new Set()).map(shown)).toEqual(['… 20']);
  });
});
