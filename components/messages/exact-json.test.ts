import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAndColumn, looksLikeJson, printJson, readJson } from './exact-json.ts';

function printed(text: string): string {
  const reading = readJson(text);
  if (!reading.ok) throw new Error(`${reading.mistake.reason} at ${reading.mistake.position}`);
  return printJson(reading.node);
}

describe('readJson', () => {
  it('keeps 64-bit numbers, trailing zeros and exponents as they were written', () => {
    expect(printed('{"id":9223372036854775807,"price":1.10,"big":1E400,"zero":-0}')).toBe(
      '{\n  "id": 9223372036854775807,\n  "price": 1.10,\n  "big": 1E400,\n  "zero": -0\n}',
    );
  });

  it('keeps doubled keys and the order of keys', () => {
    expect(printed('{"2":1,"1":2,"2":3}')).toBe('{\n  "2": 1,\n  "1": 2,\n  "2": 3\n}');
  });

  it('reads escapes and shows them as JSON does', () => {
    expect(printed('"\\u0041\\n\\ud83d\\ude00"')).toBe('"A\\n😀"');
  });

  it.each([
    ['', 0, 'unexpected-end'],
    ['{"a":', 5, 'unexpected-end'],
    ['{"a":1,}', 7, 'unexpected-character'],
    ['[1 2]', 3, 'unexpected-character'],
    ['{"a":01}', 6, 'unexpected-character'],
    ['{"a":1} x', 8, 'unexpected-character'],
    ['"tab\there"', 0, 'unexpected-character'],
    ["{'a':1}", 1, 'unexpected-character'],
    ['NaN', 0, 'unexpected-character'],
  ])('refuses %j at %i', (text, position, reason) => {
    expect(readJson(text)).toEqual({ ok: false, mistake: { position, reason } });
  });

  it('refuses a document that is too deep instead of overflowing the stack', () => {
    const reading = readJson('['.repeat(100_000));
    expect(reading.ok ? null : reading.mistake.reason).toBe('too-deep');
  });

  it('accepts and refuses what JSON.parse accepts and refuses, and prints the same document', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(printed(text))).toEqual(JSON.parse(text));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ 0-1.eEtruefalsn') }), (text) => {
        let accepted = true;
        try {
          JSON.parse(text);
        } catch {
          accepted = false;
        }
        expect(readJson(text).ok).toBe(accepted);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('looksLikeJson', () => {
  it('is for objects and arrays only', () => {
    expect(looksLikeJson(' {"a":1}\n')).toBe(true);
    expect(looksLikeJson('[]')).toBe(true);
    expect(looksLikeJson('12')).toBe(false);
    expect(looksLikeJson('{"cut": "of')).toBe(false);
  });
});

describe('lineAndColumn', () => {
  it('counts from one', () => {
    expect(lineAndColumn('{\n  "a": x', 9)).toEqual({ line: 2, column: 8 });
    expect(lineAndColumn('x', 0)).toEqual({ line: 1, column: 1 });
  });
});
