import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffLine, diffLines } from './line-diff.ts';

const signs = { same: ' ', removed: '-', added: '+' };
const shown = (lines: DiffLine[]) => lines.map(({ kind, text }) => signs[kind] + text);

describe('diffLines', () => {
  it('tells what was taken away and what was added', () => {
    const before = '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}';
    const after = '{\n  "a": 1,\n  "b": 5,\n  "c": 3,\n  "d": 4\n}';
    expect(shown(diffLines(before, after))).toEqual([
      ' {',
      '   "a": 1,',
      '-  "b": 2,',
      '-  "c": 3',
      '+  "b": 5,',
      '+  "c": 3,',
      '+  "d": 4',
      ' }',
    ]);
  });

  it('numbers lines as they stand in each text', () => {
    expect(diffLines('a\nb', 'b\nc')).toEqual([
      { kind: 'removed', text: 'a', before: 1, after: null },
      { kind: 'same', text: 'b', before: 2, after: 1 },
      { kind: 'added', text: 'c', before: null, after: 2 },
    ]);
  });

  it('gives up on texts that differ too much, in time', () => {
    const before = Array.from({ length: 4000 }, (_, index) => `a${index}`).join('\n');
    const after = Array.from({ length: 4000 }, (_, index) => `b${index}`).join('\n');
    const lines = diffLines(before, after);
    expect(lines).toHaveLength(8000);
    expect(lines[4000]?.kind).toBe('added');
  });

  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
    .map((lines) => lines.join('\n'));

  it('makes one text of the other, with as few changes as can be', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const of = (kind: DiffLine['kind']) =>
          lines
            .filter((line) => line.kind !== kind)
            .map((line) => line.text)
            .join('\n');
        expect(of('added')).toBe(before);
        expect(of('removed')).toBe(after);
        const changes = lines.filter((line) => line.kind !== 'same').length;
        const [a, b] = [before.split('\n'), after.split('\n')];
        expect(changes).toBe(a.length + b.length - 2 * longestCommon(a, b));
      }),
      { numRuns: 500 },
    );
  });
});

/** Length of the longest common subsequence, the slow and plain way. */
function longestCommon(a: string[], b: string[]): number {
  const lengths = Array.from({ length: a.length + 1 }, () => Array<number>(b.length + 1).fill(0));
  for (let x = 1; x <= a.length; x += 1) {
    for (let y = 1; y <= b.length; y += 1) {
      lengths[x]![y] =
        a[x - 1] === b[y - 1]
          ? lengths[x - 1]![y - 1]! + 1
          : Math.max(lengths[x - 1]![y]!, lengths[x]![y - 1]!);
    }
  }
  return lengths[a.length]![b.length]!;
}
