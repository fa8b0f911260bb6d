import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';

/** A reader of CSV as RFC 4180 describes it, apart from the writer. Null for a cell without anything. */
function readCsv(text: string): (string | null)[][] {
  const lines: (string | null)[][] = [];
  let cells: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const match = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
    match.lastIndex = at;
    const [whole, quoted, plain, end] = match.exec(text)!;
    cells.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (end === ',') continue;
    lines.push(cells);
    cells = [];
  }
  return lines;
}

describe('CSV', () => {
  it('is read as it was written', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', ' ', 'a', '안', "'", '=', '') });
    fc.assert(
      fc.property(fc.array(fc.option(text), { minLength: 1, maxLength: 6 }), (cells) => {
        expect(readCsv(csvLine(cells, 'keep'))).toEqual([cells]);
      }),
    );
  });

  it('tells nothing from an empty text', () => {
    expect(csvLine([null, '', 0, 'a'], 'escape')).toBe(',"",0,a\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['=cmd|"/c calc"!A1', '"\'=cmd|""/c calc""!A1"'],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+82 10 1234', "'+82 10 1234"],
    ['-2+3', "'-2+3"],
    ['＝1', "'＝1"],
    ['\t=1', "'\t=1"],
    ['-5', '-5'],
    ['+1.5e3', '+1.5e3'],
    ['a=1', 'a=1'],
  ])('escapes %s where it would be a formula', (cell, escaped) => {
    expect(csvLine([cell], 'escape')).toBe(`${escaped}\r\n`);
  });

  it('leaves formulas alone when asked to', () => {
    expect(csvLine(['=1+1', -5], 'keep')).toBe('=1+1,-5\r\n');
  });
});
