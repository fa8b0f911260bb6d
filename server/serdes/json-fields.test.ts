import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFields } from './json-fields.ts';
import { readJson } from './read-json.ts';
import type { Plain } from './serde.ts';

const NAMES = ['a', 'total', '값'];
const fields = new JsonFields(NAMES);

/** What reading the whole gives, of which the others are left out; null where it is no object, or no JSON. */
function whole(text: string): object | null {
  try {
    const value = readJson(text) as { [name: string]: Plain };
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return Object.fromEntries(
      NAMES.filter((name) => Object.hasOwn(value, name)).map((name) => [name, value[name]]),
    );
  } catch {
    return null;
  }
}

describe('fields of JSON', () => {
  it.each([
    ['{}', {}],
    [' {"total":249.7,"x":{"total":1}} ', { total: 249.7 }],
    [
      '{"a":1,"a":{"b":[1,{"c":"}"}]},"total":9007199254740993}',
      { a: { b: [1, { c: '}' }] }, total: 9007199254740993n },
    ],
    ['{"x":"\\"a\\":1","값":"\\uc8fc문","n":null,"t":true,"f":false,"e":-0.5e+3}', { 값: '주문' }],
    ['{\n\t"x" : [ ] , "total" :\r\n null }', { total: null }],
  ])('%s', (text, found) => {
    expect(fields.read(Buffer.from(text))).toEqual(found);
  });

  it.each([
    '',
    '1',
    '[]',
    '{',
    '{"a":1',
    '{"a":1}}',
    '{"a":1,}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":-}',
    '{"a":1e}',
    '{"x":"\n"}',
    '{"x":"\\x"}',
    '{"x":"\\u12g4"}',
    '{"x":tru}',
    '{"x":nul',
    '{"x" 1}',
    '{x:1}',
    '{"\\u0061":1}',
    '\ufeff{"a":1}',
    `{"x":${'['.repeat(100)}${']'.repeat(100)}}`,
  ])('leaves to others: %s', (text) => {
    expect(fields.read(Buffer.from(text))).toBeNull();
  });

  it('leaves to others what is not UTF-8', () => {
    expect(fields.read(Buffer.from('{"a":1,"x":"\xff"}', 'latin1'))).toBeNull();
  });

  const name = fc.oneof(fc.constantFrom(...NAMES, 'aa', '', 'tota', '"'), fc.string({ unit: 'grapheme' }));
  const document = fc.letrec<{ value: unknown; map: object }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, true, false, 0, -1.5, 1e300, 12345678901234),
      fc.string({ unit: 'grapheme' }),
      fc.array(tie('value'), { maxLength: 4 }),
      tie('map'),
    ),
    map: fc.dictionary(name, tie('value'), { maxKeys: 6 }),
  })).map;
  const text = fc
    .tuple(document, fc.constantFrom<string | number>('', 1, '\t'))
    .map(([value, space]) => JSON.stringify(value, null, space));

  it('are what reading the whole gives', () => {
    fc.assert(
      fc.property(text, (json) => {
        const found = fields.read(Buffer.from(json));
        if (found !== null || !json.includes('\\')) expect(found).toEqual(whole(json));
      }),
      { numRuns: 2000 },
    );
  });

  it('have the numbers that JSON.parse makes of them', () => {
    const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,8})?([eE][+-]?[0-9]{1,2})?$/);
    fc.assert(
      fc.property(digits, (number) => {
        expect(fields.read(Buffer.from(`{"a":${number}}`))).toEqual({ a: JSON.parse(number) });
      }),
      { numRuns: 2000 },
    );
  });

  it('are never found in what is broken', () => {
    const broken = fc
      .tuple(text, fc.nat(), fc.constantFrom(...'{}[]",:\\0-1.eE+tfn\u0001 x', ''), fc.boolean())
      .map(([json, place, put, isMore]) => {
        const at = place % (json.length + 1);
        return json.slice(0, at) + put + json.slice(isMore ? at : at + 1);
      });
    fc.assert(
      fc.property(broken, (json) => {
        const bytes = Buffer.from(json);
        const found = fields.read(bytes);
        if (found !== null) expect(found).toEqual(whole(bytes.toString()));
      }),
      { numRuns: 5000 },
    );
  });
});
