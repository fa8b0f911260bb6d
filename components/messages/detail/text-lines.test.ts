import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textLines } from './text-lines.ts';

const all = (text: string, columns: number) => {
  const lines = textLines(text, columns);
  return Array.from({ length: lines.count }, (_, index) => lines.line(index));
};

describe('textLines', () => {
  it('are the lines of the text, long ones broken', () => {
    expect(all('one\r\ntwo\n\nabcdefg', 3)).toEqual(['one', 'two', '', 'abc', 'def', 'g']);
    expect(all('', 3)).toEqual(['']);
    expect(all('abc\n', 3)).toEqual(['abc', '']);
  });

  it('do not cut a character in two', () => {
    expect(all('ab😀c', 3)).toEqual(['ab😀', 'c']);
  });

  it('have all of the text, in order, and none is longer than it may be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 2, max: 9 }),
        (parts, columns) => {
          const text = parts.join('\n').replaceAll('\r', '');
          const lines = all(text, columns);
          expect(lines.join('')).toBe(text.replaceAll('\n', ''));
          expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns + 1);
        },
      ),
    );
  });
});
