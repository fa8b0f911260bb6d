import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMessageTest } from '../message-test.ts';
import { asked, bytesOf, record } from '../testing/record.ts';

const searchesOf = (filter: string) => compileMessageTest(asked({ filter })).searches;

/** Whether a record with this value would be looked at. */
const isFound = (filter: string, value: string) => {
  const [search] = searchesOf(filter);
  expect(search!.parts).toEqual(['value']);
  return search!.over(bytesOf(record({ value })))(0) >= 0;
};

describe('what bytes have to hold', () => {
  it.each([
    'value.status == "failed"',
    '"failed" == value.status',
    'value.status == "failed" && value.total > 100',
    'value.total > 100 && value["a"].b[0] == "failed"',
    'value.status.contains("failed") || value.status == "failed too"',
    'value.text.startsWith("failed") && topic != "x"',
    'value.text.endsWith("has failed")',
    'value.text.matches("^(it|this) failed \\\\d+")',
    'value.status in ["failed", "failed too"]',
    '"failed" in value.tags',
    'value.items.exists(i, i.status == "failed" && i.qty > 1)',
    'value.a.exists(i, i.b.exists(j, j == "failed"))',
    'value == "failed"',
  ])('is a text of %s', (filter) => {
    expect(isFound(filter, '{"status":"ok"}')).toBe(false);
    expect(isFound(filter, '{"text":"this has failed too"}')).toBe(true);
    expect(isFound(filter, '{"text":"\\u0066ailed"}')).toBe(true);
  });

  it.each(['value.id == 12345', 'value.id in [12345, 99999]', 'value.ids.exists(i, i == 12345)'])(
    'is a number of %s',
    (filter) => {
      expect(isFound(filter, '{"id":1234,"text":"3e4"}')).toBe(false);
      for (const number of ['12345', '12345.0', '1.2345e4', '1234500E-2', '12344.9999999999999999'])
        expect(isFound(filter, `{"id": ${number}}`)).toBe(true);
    },
  );

  it('may be in the key or a header', () => {
    expect(searchesOf('key == "abc"')[0]!.parts).toEqual(['key']);
    expect(searchesOf('headers["trace"] == "abc"')[0]!.parts).toEqual(['headers']);
    expect(searchesOf('key == "abc" || value.a == "abc"')[0]!.parts).toEqual(['key', 'value']);
  });

  it('is what is rarest of what is needed', () => {
    const [search] = searchesOf('value.a == "xy" && value.b == "a much longer text"');
    expect(search!.selectivity).toBe('a much longer text'.length);
  });

  it.each([
    'value.status != "failed"',
    '!(value.status == "failed")',
    'value.status == "failed" || value.total > 100',
    'value.status.lowerAscii() == "failed"',
    'value.status + "x" == "failedx"',
    'value.id == 123',
    'value == 12345',
    'value.id == 12345.0',
    'value.items.all(i, i.status == "failed")',
    'cel.bind(v, "failed", v == "failed")',
    '["failed"].exists(value, value == "failed")',
    'value.status == ""',
    'value.status == "\\"/"',
    'value.status == "\ufffd"',
    'true ? value.status == "failed" : true',
  ])('cannot be told of %s', (filter) => {
    expect(searchesOf(filter)).toEqual([]);
  });

  it('is there whenever a message matches', () => {
    const text = fc.oneof(
      fc.constantFrom('failed', 'a"b\\c/d', 'é주😀', 'tab\there', '12345', 'x'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    );
    const number = fc.constantFrom(12345, -12345, 1234, 99999, 1e21, 1.5);
    const scalar = fc.oneof(text, number, fc.boolean());
    const value = fc.record({
      a: scalar,
      b: fc.array(scalar, { maxLength: 3 }),
      c: fc.record({ d: scalar }),
    });
    const cases = value.chain((message) => {
      const literal = fc
        .oneof(scalar, fc.constantFrom(message.a, message.c.d, ...message.b))
        .map((one) =>
          typeof one === 'number' && Number.isInteger(one) ? String(BigInt(one)) : JSON.stringify(one),
        );
      const path = fc.constantFrom('value.a', 'value["c"].d', 'value.b[0]');
      const texts = literal.filter((one) => one.startsWith('"'));
      const test = fc.oneof(
        fc.tuple(path, literal).map(([at, one]) => `${at} == ${one}`),
        fc.tuple(literal, path).map(([one, at]) => `${one} == ${at}`),
        fc.tuple(path, fc.array(literal, { maxLength: 3 })).map(([at, all]) => `${at} in [${all}]`),
        literal.map((one) => `${one} in value.b`),
        literal.map((one) => `value.b.exists(x, x == ${one})`),
        fc
          .tuple(path, fc.constantFrom('contains', 'startsWith', 'endsWith'), texts)
          .map(([at, method, one]) => `${at}.${method}(${one})`),
      );
      const filter = fc.array(fc.tuple(test, fc.constantFrom('&&', '||')), { minLength: 1, maxLength: 3 });
      return fc.tuple(
        fc.constant(message),
        filter.map((all) => all.map(([one, and], i) => (i === 0 ? one : `${and} ${one}`)).join(' ')),
        fc.infiniteStream(fc.boolean()),
      );
    });
    let matched = 0;
    fc.assert(
      fc.property(cases, ([message, filter, isEscaped]) => {
        const test = compileMessageTest(asked({ filter }));
        const written = writtenSomehow(JSON.stringify(message), isEscaped);
        const whole = record({ value: written });
        if (!test.matches(whole)) return;
        matched += 1;
        for (const search of test.searches) expect(search.over(bytesOf(whole))(0)).toBeGreaterThan(-1);
      }),
      { numRuns: 3000 },
    );
    expect(matched).toBeGreaterThan(300);
  });
});

/** The same JSON with some characters of its texts as escapes and some numbers with exponents. */
function writtenSomehow(json: string, choices: Iterator<boolean>): string {
  const isChosen = () => choices.next().value === true;
  return json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.e+]*/gu, (token) => {
    if (!token.startsWith('"')) return isChosen() ? Number(token).toExponential() : token;
    if (isChosen()) return token.replaceAll('/', '\\/');
    return token.replace(/\\.|[^"\\]/gu, (one) =>
      one.startsWith('\\') || !isChosen() ? one : [...one].map(escapedUnits).join(''),
    );
  });
}

function escapedUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
