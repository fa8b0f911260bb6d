import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../lib/contract/failure.ts';
import { regexPattern } from './regex-pattern.ts';
import { requiredText } from './required-text.ts';

function mistakeOf(source: string) {
  try {
    regexPattern(source);
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    const [field] = (error as Failure).fields!;
    expect((error as Failure).code).toBe('invalid_request');
    expect(field!.field).toBe('regex');
    return field!.at!;
  }
  return null;
}

describe('an expression that cannot be read', () => {
  it.each([
    ['a(b(c)', 2],
    ['a(b', 2],
    ['a)b', 2],
    ['x[a-', 2],
    ['a[z-b]c', 5],
    ['a**', 3],
    ['[(](', 4],
    ['\\((', 3],
    ['abc\\', 4],
    ['(?z)', 2],
    ['\\8', 2],
    ['(?i)a)', 6],
  ])('says where: %s', (source, column) => {
    expect(mistakeOf(source)).toEqual({ line: 1, column, length: 1 });
  });

  it('counts lines', () => {
    expect(mistakeOf('ab\ncd(')).toEqual({ line: 2, column: 3, length: 1 });
  });

  it('always points into the expression', () => {
    const sources = fc.string({
      unit: fc.constantFrom(...'ab()[]{}*+?|\\^$-,1pu<>:!=\n😀'),
      maxLength: 12,
      minLength: 1,
    });
    fc.assert(
      fc.property(sources, (source) => {
        const at = mistakeOf(source);
        if (at === null) return;
        const line = source.split('\n')[at.line - 1]!;
        expect(at.column).toBeGreaterThanOrEqual(1);
        expect(at.column).toBeLessThanOrEqual(line.length + 1);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what an expression cannot do without', () => {
  it.each([
    ['order', 'order'],
    ['ab+c', 'ab'],
    ['abc*d', 'ab'],
    ['ab{0,3}cde', 'cde'],
    ['ab{2}', 'ab'],
    ['a(bcdef)?gh', 'gh'],
    ['(?=never)ab', 'ab'],
    ['(?!never)ab', 'ab'],
    ['a\\.b\\u0041\\x42\\u{1f600}', 'a.bAB😀'],
    ['[abc]xyz.uv', 'xyz'],
    ['\\bword\\b', 'word'],
    ['ab|cd', null],
    ['(ab|cd)ef', 'ef'],
    ['\\d+', null],
    ['\\ud83d\\ude00x', 'x'],
    ['', null],
  ])('%s: %s', (source, text) => {
    expect(requiredText(source)).toBe(text);
  });

  it('is there whenever the expression is found', () => {
    const sources = fc.string({
      unit: fc.constantFrom(...'aabbcc()[]{}*+?|\\^$.,12dwx:!=-'),
      minLength: 1,
      maxLength: 10,
    });
    const texts = fc.string({ unit: fc.constantFrom(...'aabbccd12w.:!={}()|'), maxLength: 12 });
    let found = 0;
    fc.assert(
      fc.property(sources, fc.array(texts, { minLength: 8, maxLength: 8 }), (source, all) => {
        let regex: RegExp;
        try {
          regex = new RegExp(source, 'u');
        } catch {
          return;
        }
        const required = requiredText(source);
        for (const text of all) {
          if (!regex.test(text) || required === null) continue;
          found += 1;
          expect(text).toContain(required);
        }
      }),
      { numRuns: 20_000 },
    );
    expect(found).toBeGreaterThan(100);
  });
});
