import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMessage, type MessageTexts, templateErrors } from './message-template.ts';
import { escapeTemplate } from './parse-template.ts';
import { lineAndColumnOf } from './template-error.ts';

const SEED = '00112233445566778899aabbccddeeff';
const NOW = Date.UTC(2026, 0, 31, 12);
const NOTHING: MessageTexts = { key: null, value: null, headers: [], timestamp: null };

const render = (value: string, index = 0, seed = SEED) =>
  compileMessage({ ...NOTHING, value }, seed)(index, NOW).value!;
const series = (value: string, count: number, seed = SEED) =>
  Array.from({ length: count }, (_, index) => render(value, index, seed));
const mistake = (value: string) => {
  const [error] = templateErrors({ ...NOTHING, value });
  const { code, position, length, found, wanted } = error!.reason;
  return { code, at: value.slice(position, position + length), found, wanted };
};

describe('what expressions give', () => {
  it('counts', () => {
    expect(series('{{counter}}', 3)).toEqual(['1', '2', '3']);
    expect(series('{{counter start=100 step=5}}', 3)).toEqual(['100', '105', '110']);
    expect(series('{{counter start=-1 step=-9 pad=3}}', 3)).toEqual(['-001', '-010', '-019']);
    expect(render('{{counter start=9007199254740991}}', 2)).toBe('9007199254740993');
  });

  it('whole numbers within both bounds, each of them', () => {
    const drawn = series('{{int -1 2}}', 500).map(Number);
    expect([...new Set(drawn)].sort((one, other) => one - other)).toEqual([-1, 0, 1, 2]);
    expect(render('{{int 7 7}}')).toBe('7');
  });

  it('fractions', () => {
    for (const text of series('{{float 0 1}}', 50)) expect(text).toMatch(/^(0\.\d\d|1\.00)$/);
    for (const text of series('{{float 10 20 decimals=4}}', 50)) expect(text).toMatch(/^1\d\.\d{4}$/);
  });

  it('choices, with spaces inside and none around', () => {
    expect([...new Set(series('{{pick new | in transit|  }}', 200))].sort()).toEqual([
      '',
      'in transit',
      'new',
    ]);
  });

  it('times', () => {
    expect(render('{{now}} {{now ms}} {{now s}}')).toBe(`2026-01-31T12:00:00.000Z ${NOW} ${NOW / 1000}`);
    expect(render('{{timestamp -1h}}')).toBe('2026-01-31T11:00:00.000Z');
    expect(render('{{timestamp +1.5d s}}')).toBe(String(NOW / 1000 + 129_600));
    const drawn = series('{{timestamp -1h 0 ms}}', 200).map(Number);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(NOW - 3_600_000);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(NOW);
    expect(new Set(drawn).size).toBeGreaterThan(190);
  });

  it('texts of a length, and ids', () => {
    expect(render('{{text 200}}')).toMatch(/^[a-z ]{200}$/);
    expect(render('{{hex 9}}')).toMatch(/^[0-9a-f]{9}$/);
    expect(render('{{text 0}}{{hex 0}}')).toBe('');
    const ids = series('{{uuid}}', 1000);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(1000);
  });

  it('people and words', () => {
    expect(render('{{name}}')).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(render('{{email}}')).toMatch(/^[a-z]+\.[a-z]+@example\.com$/);
    expect(render('{{word}}')).toMatch(/^[a-z]+$/);
    expect(new Set(series('{{bool}}', 50))).toEqual(new Set(['true', 'false']));
  });

  it('the key within value and headers', () => {
    const make = compileMessage(
      {
        key: 'order-{{counter}}',
        value: '{"id":"{{key}}"}',
        headers: [
          { key: 'of', value: '{{key}}' },
          { key: 'none', value: null },
        ],
        timestamp: '{{now}}',
      },
      SEED,
    );
    expect(make(4, NOW)).toEqual({
      index: 4,
      key: 'order-5',
      value: '{"id":"order-5"}',
      headers: [
        { key: 'of', value: 'order-5' },
        { key: 'none', value: null },
      ],
      timestamp: '2026-01-31T12:00:00.000Z',
    });
    expect(render('<{{key}}>')).toBe('<>');
  });
});

describe('a series', () => {
  const all = '{{uuid}} {{int 1 1000000}} {{hex 6}} {{name}} {{text 30}}';

  it('is the same for a seed, wherever it begins', () => {
    const whole = series(all, 20);
    expect(render(all, 13)).toBe(whole[13]);
    expect(series(all, 20)).toEqual(whole);
    expect(series(all, 20, SEED.replace('0', '1'))).not.toEqual(whole);
  });

  it('draws evenly, and neighbours differently', () => {
    const drawn = series('{{int 0 9}}', 20_000).map(Number);
    const counts = Array.from({ length: 10 }, (_, digit) => drawn.filter((one) => one === digit).length);
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(250);
    const repeats = drawn.filter((one, index) => one === drawn[index + 1]).length;
    expect(Math.abs(repeats - 2000)).toBeLessThan(250);
  });
});

describe('text', () => {
  it('without expressions stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '\\', '"', 'a', '\n', '안') }), (text) => {
        fc.pre(!text.includes('{{'));
        expect(render(text)).toBe(text);
      }),
    );
  });

  it('with braces is written with a backslash', () => {
    expect(render('\\{{uuid}} is {{counter}}')).toBe('{{uuid}} is 1');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '\\', 'a') }), (text) => {
        expect(render(escapeTemplate(text))).toBe(text);
      }),
    );
  });
});

describe('mistakes', () => {
  it.each([
    ['a {{counter', { code: 'neverClosed', at: '{{counter' }],
    ['a {{ }} b', { code: 'empty', at: '{{ }}' }],
    [
      '{"n": {{cuonter}}}',
      { code: 'unknown', at: 'cuonter', wanted: expect.stringContaining('counter, uuid') },
    ],
    ['{{constructor}}', { code: 'unknown', at: 'constructor' }],
    ['{{int 1}}', { code: 'missing', at: 'int 1' }],
    ['{{hex}}', { code: 'missing', at: 'hex' }],
    ['{{pick}}', { code: 'missing', at: 'pick' }],
    ['{{uuid 4}}', { code: 'surplus', at: '4' }],
    ['{{int 1 x}}', { code: 'notWhole', at: 'x' }],
    ['{{int 1 2.5}}', { code: 'notWhole', at: '2.5' }],
    ['{{float a 1}}', { code: 'notNumber', at: 'a' }],
    ['{{float 0 1e999}}', { code: 'notNumber', at: '1e999' }],
    ['{{timestamp yesterday}}', { code: 'notTime', at: 'yesterday' }],
    ['{{timestamp -1}}', { code: 'notTime', at: '-1' }],
    ['{{timestamp 99999999d}}', { code: 'tooLarge', at: '99999999d' }],
    ['{{text 1048577}}', { code: 'tooLarge', at: '1048577', wanted: '1048576' }],
    ['{{text -1}}', { code: 'tooSmall', at: '-1', wanted: '0' }],
    ['{{int 5 1}}', { code: 'backwards', at: 'int 5 1' }],
    ['{{timestamp 1h -1h}}', { code: 'backwards' }],
    ['{{counter begin=1}}', { code: 'option', at: 'begin', wanted: 'start, step, pad' }],
    ['{{counter start=one}}', { code: 'notWhole', at: 'one' }],
  ])('%s', (template, expected) => {
    expect(mistake(template)).toMatchObject(expected);
  });

  it('are told of every field, with the line and column', () => {
    const errors = templateErrors({
      key: '{{key}}',
      value: '{\n  "n": {{nope}}\n}',
      headers: [
        { key: 'a', value: 'fine' },
        { key: 'b', value: '{{int}}' },
      ],
      timestamp: '{{now hours}}',
    });
    expect(errors.map(({ field, reason }) => [field, reason.code])).toEqual([
      ['key', 'noKey'],
      ['value', 'unknown'],
      ['headers.1.value', 'missing'],
      ['timestamp', 'surplus'],
    ]);
    const [, inValue] = errors;
    expect(lineAndColumnOf(inValue!.template, inValue!.reason.position)).toEqual({ line: 2, column: 10 });
  });

  it('do not fill the memory', () => {
    expect(mistake('{{bool}}'.repeat(2001))).toMatchObject({ code: 'tooMany', wanted: '2000' });
    expect(() => render('{{text 1048576}}'.repeat(2000))).toThrow(RangeError);
  });

  it('never crash, and never hang', () => {
    const unit = fc.constantFrom(
      '{{',
      '}}',
      'int',
      'pick',
      ' ',
      '1',
      '-',
      '|',
      '=',
      'counter',
      'text',
      'e9',
      '\n',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (template) => {
        if (templateErrors({ ...NOTHING, value: template }).length === 0) {
          expect(typeof render(template)).toBe('string');
        }
      }),
      { numRuns: 500 },
    );
  });
});
