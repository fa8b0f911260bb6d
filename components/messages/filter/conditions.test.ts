import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldPath, writeFieldPath } from '../fields/field-path.ts';
import {
  type Condition,
  type Conditions,
  canBeAbsent,
  needsValue,
  operatorsFor,
  writeConditions,
} from './conditions.ts';
import { typedText, type ValueHint } from './literal.ts';
import { readConditions } from './read-conditions.ts';

const hints: Record<string, ValueHint> = {
  size: 'number',
  partition: 'number',
  offset: 'number',
  timestamp: 'time',
  topic: 'string',
  'value.total': 'number',
  'value.name': 'string',
};
const hintOf = (subject: string) => hints[subject] ?? 'any';
const write = (rows: Condition[], join: Conditions['join'] = 'and') =>
  writeConditions({ join, rows }, hintOf);
const row = (subject: string, operator: Condition['operator'], value = ''): Condition => ({
  subject,
  operator,
  value,
});

describe('writeConditions', () => {
  it.each([
    [row('value.total', 'more', '100'), 'value.total > 100'],
    [row('value.total', 'is', '12.50'), 'value.total == 12.50'],
    [row('value.name', 'is', '5'), 'value.name == "5"'],
    [row('value.x', 'is', '5'), 'value.x == 5'],
    [row('value.x', 'is', '"5"'), 'value.x == "5"'],
    [row('value.x', 'is-not', 'null'), 'value.x != null'],
    [row('value.x', 'is', 'Ada "the" first'), 'value.x == "Ada \\"the\\" first"'],
    [row('value.name', 'contains', '100'), 'value.name.contains("100")'],
    [row('value.name', 'contains-not', 'x'), '!value.name.contains("x")'],
    [row('headers["trace-id"]', 'starts', 'ab'), 'headers["trace-id"].startsWith("ab")'],
    [row('value.x', 'one-of', 'a, 2, "b, c"'), 'value.x in ["a", 2, "b, c"]'],
    [row('value.a.b', 'exists'), 'has(value.a.b)'],
    [row('value.a.b', 'absent'), '!has(value.a.b)'],
    [row('headers["trace-id"]', 'exists'), '"trace-id" in headers'],
    [row('headers["trace-id"]', 'absent'), '!("trace-id" in headers)'],
    [
      row('timestamp', 'at-least', '2026-01-31T12:00:00Z'),
      'timestamp >= timestamp("2026-01-31T12:00:00.000Z")',
    ],
  ])('writes %j', (condition, expression) => {
    expect(write([condition])).toBe(expression);
  });

  it('joins them, and leaves out what is not complete or cannot be meant', () => {
    const rows = [
      row('size', 'more', '10'),
      row('', 'is', 'x'),
      row('value.name', 'is'),
      row('size', 'is', 'big'),
      row('offset', 'is', '9223372036854775808'),
      row('value.items[0]', 'exists'),
      row('topic', 'is', 'orders'),
    ];
    expect(write(rows)).toBe('size > 10 && topic == "orders"');
    expect(write(rows, 'or')).toBe('size > 10 || topic == "orders"');
    expect(write([])).toBe('');
  });
});

describe('readConditions', () => {
  it.each([
    'value.a == 1 || (value.b == 2 && value.c == 3)',
    'value.a + 1 == 2',
    'value.items.exists(i, i.sku == "x")',
    'value.a == value.b',
    '1 == value.a',
    'value.a',
    'size == "x" ? true : false',
    'timestamp > "2026"',
    'timestamp > timestamp("when")',
    'value.a ==',
    'other.a == 1',
    'value[size] == 1',
  ])('leaves %s to the editor', (expression) => {
    expect(readConditions(expression, hintOf)).toBeNull();
  });

  it('reads what a person may write in other ways', () => {
    expect(readConditions("(value.a=='x') && value['b'] > -0x10", hintOf)).toEqual({
      join: 'and',
      rows: [row('value.a', 'is', 'x'), row('value.b', 'more', '-0x10')],
    });
    expect(readConditions('', hintOf)).toEqual({ join: 'and', rows: [] });
  });

  const anySubject = fc.oneof(
    fc.constantFrom(...Object.keys(hints)),
    fc
      .record({
        root: fc.constantFrom<FieldPath['root']>('key', 'value', 'headers'),
        steps: fc.array(fc.oneof(fc.string(), fc.constantFrom('in', 'for', 'has', 'a_b'), fc.nat(99)), {
          minLength: 1,
          maxLength: 4,
        }),
      })
      .map(writeFieldPath),
  );
  const anyText = fc.string({ unit: 'grapheme' }).filter((text) => text !== '');
  const anyNumber = fc.oneof(
    fc.integer().map(String),
    fc.constantFrom('-1.50', '1e3', '9223372036854775807', '-9223372036854775807'),
  );
  const anyTime = fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((at) => at.toISOString());

  function valueFor(hint: ValueHint, operator: Condition['operator']): fc.Arbitrary<string> {
    if (!needsValue(operator)) return fc.constant('');
    if (hint === 'time') return anyTime;
    if (hint === 'number') return anyNumber;
    const isPart = ['contains', 'contains-not', 'starts', 'ends', 'matches'].includes(operator);
    const text = anyText.map((each) => typedText(each, isPart ? 'string' : hint));
    if (operator === 'one-of') return fc.constantFrom('a, "b, c", d', 'x', '"", y');
    return isPart || hint === 'string' ? text : fc.oneof(text, anyNumber, fc.constantFrom('true', 'null'));
  }

  const anyRow = anySubject.chain((subject) => {
    const hint = hintOf(subject);
    return fc
      .constantFrom(...operatorsFor(hint, canBeAbsent(subject)))
      .chain((operator) => valueFor(hint, operator).map((value) => ({ subject, operator, value })));
  });

  it('reads back whatever the builder writes', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('and' as const, 'or' as const),
        (rows, join) => {
          const expression = write(rows, join);
          const expected = { join: rows.length === 1 ? 'and' : join, rows };
          expect(readConditions(expression, hintOf), expression).toEqual(expected);
        },
      ),
    );
  });
});
