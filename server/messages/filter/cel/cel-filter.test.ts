import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../lib/contract/failure.ts';
import type { Plain } from '../../../serdes/serde.ts';
import { compileMessageTest } from '../message-test.ts';
import { asked, type Given, record } from '../testing/record.ts';
import { evaluationSentence, unevaluatedSentence } from '../unevaluated.ts';
import { environment } from './environment.ts';

/** True, false, or why there is no result. */
function evaluate(filter: string, given: Given): boolean | string {
  const test = compileMessageTest(asked({ filter }));
  const matches = test.matches(record(given));
  const { count, first } = test.unevaluated;
  if (first === null) return matches;
  expect({ matches, count }).toEqual({ matches: false, count: 1 });
  return evaluationSentence(first.why).in('en');
}

const ofValue = (filter: string, plain: Plain) => evaluate(filter, { value: '', plain });

function mistakeOf(filter: string) {
  try {
    compileMessageTest(asked({ filter }));
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    const { code, fields } = error as Failure;
    expect(code).toBe('invalid_request');
    expect(fields).toHaveLength(1);
    expect(fields![0]!.field).toBe('filter');
    const { at, message } = fields![0]!;
    const text = filter.split('\n')[at!.line - 1]!.slice(at!.column - 1, at!.column - 1 + at!.length);
    return { text, message, line: at!.line, column: at!.column };
  }
  return null;
}

const order = {
  id: 9007199254740993n,
  total: 150.5,
  count: 150,
  currency: 'KRW',
  customer: { id: 'c-1', email: null },
  items: [
    { sku: 'A', qty: 2 },
    { sku: 'B', qty: 0 },
  ],
  tags: ['new', 'paid'],
  constructor: 'x',
  createdAt: '2026-01-31T12:00:00.250Z',
};

describe('variables', () => {
  const given: Given = {
    topic: 'orders',
    partition: 3,
    offset: 42,
    timestamp: Date.parse('2026-01-31T12:00:00Z'),
    key: 'k-1',
    value: '{"a":1}',
    headers: { trace: 'abc', none: null },
  };

  it.each([
    'key == "k-1"',
    'value.a == 1',
    'topic == "orders" && partition == 3 && offset == 42 && size == 10',
    'timestamp == timestamp("2026-01-31T12:00:00Z")',
    'timestamp > timestamp("2026-01-31T11:59:59.999Z") - duration("1s")',
    'timestamp - timestamp("2026-01-31T11:00:00+01:00") == duration("2h")',
    'headers.trace == "abc" && headers["trace"].startsWith("a")',
    'headers.none == null && has(headers.none) && !has(headers.other)',
    '"trace" in headers && !("other" in headers)',
    'headers.exists(name, name == "trace" && headers[name] == "abc")',
    'size(headers) == 2',
  ])('%s', (filter) => {
    expect(evaluate(filter, given)).toBe(true);
  });

  it('takes the last header of a name', () => {
    const twice = {
      ...record({}),
      headers: ['a', 'b'].map((value) => ({ key: 'h', value: Buffer.from(value) })),
    };
    for (const filter of ['headers.h == "b"', 'headers.map(h, headers[h]) == ["b"]'])
      expect(compileMessageTest(asked({ filter })).matches(twice)).toBe(true);
  });

  it('has null for a key or value that is not there', () => {
    expect(evaluate('key == null && value == null', {})).toBe(true);
    expect(evaluate('value.a == 1', {})).toBe('no such key: a');
  });

  it('has no timestamp where the record has none', () => {
    expect(evaluate('timestamp > timestamp(0)', { timestamp: -1 })).toBe('no such key: timestamp');
  });

  it('tells what could not be read', () => {
    expect(evaluate('value.a == 1', { value: 'x', plain: undefined })).toBe('the value could not be read');
    expect(evaluate('value.a == 1 || size == 1', { value: 'x', plain: undefined })).toBe(true);
  });
});

describe('numbers', () => {
  it.each([
    'value.total > 100',
    'value.count > 100 && value.count == 150 && value.count == 150.0',
    'value.total >= 150.5 && value.total < 151',
    'value.id == 9007199254740993',
    'value.id != 9007199254740992 && value.id > 9007199254740992 && value.id < 9007199254740994',
    'value.id - 9007199254740992 == 1',
    'value.count * 2 == 300 && value.total * 2 == 301.0 && 2 * value.total == 301',
    'value.count / 4 == 37.5 && 150 / 4 == 37 && -7 / 2 == -3',
    'value.count % 100 == 50 && partition % 2 == 0',
    'value.count in [1, 150] && value.count in [150.0] && !(value.count in ["150"])',
    'size(value.items) / 2 * 2 == 2 && size(value.tags) + 1 == 3',
    'int(value.total) == 150 && double("1.5e1") == 15.0 && string(value.count) == "150"',
    'string(value.id) == "9007199254740993" && int("9007199254740993") == value.id',
    '9223372036854775807 > 9223372036854775806',
    '-value.count == -150 && 7u == uint(7)',
  ])('%s', (filter) => {
    expect(ofValue(filter, order)).toBe(true);
  });

  it('compares what is beyond 2^53 exactly on both sides', () => {
    expect(ofValue('value == 9007199254740993', 9007199254740992)).toBe(false);
    expect(ofValue('value < 9007199254740993', 9007199254740992)).toBe(true);
    expect(ofValue('value == 18446744073709551615', 18446744073709551615n)).toBe(true);
  });

  it('does not let whole numbers overflow or be divided by nothing', () => {
    expect(evaluate('offset * 9223372036854775807 > 0', { offset: 3 })).toBe('it failed: overflow');
    expect(evaluate('10 / partition == 1', { partition: 0 })).toBe('it failed: division by zero');
    expect(ofValue('value / 0.0 > 1.0', 1)).toBe(true);
  });

  it('knows that NaN is nothing, not even itself', () => {
    expect(ofValue('value == value || value < 1 || value >= 1', Number.NaN)).toBe(false);
  });
});

describe('fields', () => {
  it.each([
    'value.customer.id == "c-1"',
    'value["customer"]["id"] == "c-1"',
    'value.items[0].sku == "A" && value.items[size(value.items) - 1].sku == "B"',
    'has(value.customer.email) && value.customer.email == null',
    '!has(value.nothing) && !has(value.nothing.at.all) && !has(value.total.x)',
    '"id" in value.customer && !("total" in value.customer)',
    'value.constructor == "x" && !has(value.toString) && !has(value.__proto__)',
    'value.customer == {"email": null, "id": "c-1"} && value.tags == ["new", "paid"]',
    'value.customer != {"id": "c-1"}',
    'value.currency != 1 && value.currency != null',
  ])('%s', (filter) => {
    expect(ofValue(filter, order)).toBe(true);
  });

  it('finds what a message calls __proto__', () => {
    expect(ofValue('value["__proto__"] == 1', JSON.parse('{"__proto__":1}'))).toBe(true);
  });

  it.each([
    ['value.customer.phone.home == "x"', 'no such key: phone'],
    ['value.nothing > 1', 'no such key: nothing'],
    ['value.total.x == 1', 'no such key: x'],
    ['value.items[2].sku == "A"', 'no such key: 2'],
    ['value.items[0.5].sku == "A"', 'no such key: 0.5'],
    ['value.items["a"] == 1', 'no such key: a'],
    ['value.items[value.currency] == 1', 'types that do not go together: list[…]'],
    ['value.currency > 5', 'types that do not go together: string > double'],
    ['value.customer.email.contains("@")', 'types that do not go together: null_type.contains(string)'],
    ['value.currency', 'types that do not go together: string'],
    ['value.currency && true', 'types that do not go together: string && bool'],
    ['value.count ? true : false', 'types that do not go together: double ? … : …'],
    ['!value.count', 'types that do not go together: !double'],
    ['value.count.exists(x, x == 1)', 'types that do not go together: double.exists(…)'],
    ['"a" in value.count', 'types that do not go together: string in double'],
    ['timestamp(value.currency) > timestamp(0)', 'it failed: timestamp("KRW")'],
  ])('%s is no match, and says why: %s', (filter, why) => {
    expect(ofValue(filter, order)).toBe(why);
  });

  it('lets the other side decide where one cannot be told', () => {
    expect(ofValue('value.nothing == 1 || value.count == 150', order)).toBe(true);
    expect(ofValue('value.count == 150 || value.nothing == 1', order)).toBe(true);
    expect(ofValue('value.nothing == 1 && value.count == 1', order)).toBe(false);
    expect(ofValue('value.nothing == 1 && value.count == 150', order)).toBe('no such key: nothing');
    expect(ofValue('value.nothing == 1 || value.count == 1', order)).toBe('no such key: nothing');
    expect(ofValue('true ? true : value.nothing', order)).toBe(true);
  });

  it('counts all that had no result and keeps the first', () => {
    const test = compileMessageTest(asked({ filter: 'value.total > 1' }));
    const totals = ['{"total":2}', '{}', '{"total":"x"}', '{"total":0}'];
    const matched = totals.map((value, offset) => test.matches(record({ value, offset, partition: 1 })));
    expect(matched).toEqual([true, false, false, false]);
    expect(test.unevaluated).toEqual({
      count: 2,
      first: { topic: 'orders', partition: 1, offset: 1, why: { code: 'no-such-key', about: 'total' } },
    });
    expect(unevaluatedSentence(test.unevaluated)!.in('en')).toBe(
      '2 messages could not be evaluated, and so did not match. The first one, orders-1 at offset 1: no such key: total',
    );
    expect(unevaluatedSentence({ count: 0, first: null })).toBeNull();
  });

  it('lets pass what is thrown because a schema is needed', () => {
    const needed = new Error('schema');
    const pending = {
      ...record({}),
      get value(): never {
        throw needed;
      },
    };
    expect(() => compileMessageTest(asked({ filter: 'value.a == 1' })).matches(pending)).toThrow(needed);
  });
});

describe('functions', () => {
  it.each([
    'value.currency.contains("R") && value.currency.startsWith("K") && value.currency.endsWith("W")',
    'value.currency.lowerAscii() == "krw" && "ä-x".upperAscii() == "ä-X"',
    'value.currency.matches("^K.W$") && "a\\nb".matches("a\\\\sb")',
    '"😀b".size() == 2 && size("😀") == 1 && size(b"abc") == 3',
    '"a😀b".indexOf("b") == 2 && "a😀b".substring(1, 2) == "😀" && "abab".lastIndexOf("b") == 3',
    '"abab".indexOf("a", 1) == 2 && "abab".lastIndexOf("b", 2) == 1 && "abc".substring(1) == "bc"',
    '"a,b,c".split(",") == ["a", "b", "c"] && "a,b,c".split(",", 2) == ["a", "b,c"]',
    'value.tags.join("+") == "new+paid" && ["a", "b"].join() == "ab" && "  x ".trim() == "x"',
    'bytes("é") == b"\\xc3\\xa9" && string(b"\\xc3\\xa9") == "é" && b"\\xff".hex() == "ff"',
    'b"hello".base64() == "aGVsbG8=" && b"hello".at(0) == 104 && b"a".string() == "a"',
    'bool("true") && !bool("f") && dyn(1) == 1',
    'type(value.total) == double && type(partition) == int && type("") == string && type(null) == null_type',
    'type(value.items) == list && type(value) == map && type(true) == bool && type(type(1)) == type',
    'type(timestamp) == google.protobuf.Timestamp && type(duration("1s")) == google.protobuf.Duration',
    'type(b"") == bytes && type(value.id) == int && type(size) == int',
    'timestamp(value.createdAt) == timestamp("2026-01-31T12:00:00.25Z") && timestamp(0) < timestamp(1)',
    'timestamp(value.createdAt).getFullYear() == 2026 && timestamp(value.createdAt).getMonth() == 0',
    'timestamp(value.createdAt).getDate() == 31 && timestamp(value.createdAt).getDayOfMonth() == 30',
    'timestamp(value.createdAt).getDayOfWeek() == 6 && timestamp(value.createdAt).getDayOfYear() == 30',
    'timestamp(value.createdAt).getHours() == 12 && timestamp(value.createdAt).getMilliseconds() == 250',
    'timestamp(value.createdAt).getHours("Asia/Seoul") == 21 && timestamp(value.createdAt).getHours("-02:00") == 10',
    'timestamp(value.createdAt).getMinutes("Asia/Kolkata") == 30 && timestamp(0).getSeconds() == 0',
    'timestamp(0).getFullYear("America/New_York") == 1969 && timestamp(0).getDate("America/New_York") == 31',
    'duration("1h30m").getMinutes() == 90 && duration("1.5h") == duration("90m") && duration("-90s").getMinutes() == -1',
    'duration("1500ms").getSeconds() == 1 && duration("1s") + duration("1ms") == duration("1001ms")',
    'duration("2m").getHours() == 0 && duration("1us").getMilliseconds() == 0',
    'int(timestamp("1970-01-01T00:01:00Z")) == 60 && string(timestamp(0)) == "1970-01-01T00:00:00Z"',
    '"b" > "a" && false < true && b"b" > b"a" && "a" + "b" == "ab" && [1] + [2] == [1, 2] && b"a" + b"b" == b"ab"',
  ])('%s', (filter) => {
    expect(ofValue(filter, order)).toBe(true);
  });

  it.each([
    'value.items.exists(i, i.qty == 0) && !value.items.exists(i, i.qty == 1)',
    'value.items.all(i, i.qty >= 0) && !value.items.all(i, i.qty > 0)',
    'value.items.exists_one(i, i.sku == "A") && !value.items.exists_one(i, i.qty >= 0)',
    'value.items.map(i, i.sku) == ["A", "B"] && value.items.map(i, i.qty > 0, i.sku) == ["A"]',
    'value.items.filter(i, i.qty > 0).size() == 1',
    'value.items.exists(i, value.tags.exists(t, t == "paid" && i.sku == "B"))',
    'value.items.exists(x, ["B"].exists(x, x == "B") && x.sku == "A" && value.tags.exists(y, y == "new" && x.qty == 2))',
    'value.customer.exists(name, name == "email") && [].all(x, x == 1)',
    'cel.bind(t, value.total * 2, t > 300 && t < 302)',
    '[1, 2, 3].map(x, x * x).filter(x, x > 3) == [4, 9]',
    'value.items.exists(i, i.price > 1 || i.qty == 2)',
    '!value.items.all(i, i.price > 1 && i.qty == 2)',
  ])('%s', (filter) => {
    expect(ofValue(filter, order)).toBe(true);
  });

  it('tells errors within macros where no element decides', () => {
    expect(ofValue('value.items.exists(i, i.price > 1)', order)).toBe('no such key: price');
    expect(ofValue('value.items.map(i, i.price) == []', order)).toBe('no such key: price');
    expect(ofValue('value.items.exists(i, i.sku)', order)).toBe(
      'types that do not go together: exists(…, string)',
    );
  });

  it('supports every function that an expression is let through with', () => {
    const known = environment().getDefinitions().functions;
    // Those of optional values, which are switched off, what is only there for macros, and one that reads bytes as JSON.
    const left = known.filter(
      ({ signature, name }) => !/optional|type\(CelNamespace/i.test(signature) && name !== 'json',
    );
    const argument: Record<string, string> = {
      string: '""',
      int: '0',
      uint: '0u',
      double: '0.0',
      bool: 'true',
      bytes: 'b""',
      null: 'null',
      type: 'int',
      dyn: 'dyn(0)',
      list: '[]',
      'list<dyn>': '[]',
      'list<string>': '["a"]',
      map: '{}',
      'map<dyn, dyn>': '{}',
      ast: 'value.x',
      'google.protobuf.Timestamp': 'timestamp',
      'google.protobuf.Duration': 'duration("1s")',
      CelNamespace: 'cel',
    };
    const unsupported = left.filter(({ name, receiverType, params }) => {
      const args = params.map(({ type }, index) => {
        const isLoop = receiverType !== null && type === 'ast' && index === 0;
        return isLoop ? 'x' : (argument[type] ?? `?${type}`);
      });
      const call = `${receiverType === null ? '' : `${argument[receiverType]}.`}${name}(${args.join(', ')})`;
      return mistakeOf(`dyn(${call}) == 1`)?.message.includes('cannot be used here');
    });
    expect(left.length).toBeGreaterThan(60);
    expect(unsupported).toEqual([]);
  });
});

describe('a filter that is wrong', () => {
  it.each([
    ['value.total >', '', 'It ends before it is complete'],
    ['', '', 'It ends before it is complete'],
    ['(value.total > 1', '', 'It ends before it is complete'],
    ['value.total = 100', '=', 'Use == to compare'],
    ['value.total > 1)', ')', ') does not belong here'],
    ['value.total > 1 and size > 1', 'and', 'and does not belong here'],
    ['value.total > # 1', '#', '# does not belong here'],
    ['value.name == "abc', '"abc', 'The text has no closing quote'],
    ['valeu.total > 1', 'valeu', 'There is no variable valeu; there are key, value,'],
    ['topic == 1', 'topic == 1', 'types that do not go together: string == int'],
    ['size(5) > 1', 'size(5)', 'There is no function size(int)'],
    ['value.name.endWith("x")', 'value.name.endWith("x")', 'There is no function'],
    ['value.total + 1', 'value.total + 1', ''],
    ['topic', 'topic', 'It has to be true or false for each message, but is string'],
    ['partition + 1', 'partition + 1', 'It has to be true or false for each message, but is int'],
    ['timestamp > timestamp("yesterday")', 'timestamp("yesterday")', 'it failed: timestamp("yesterday")'],
    ['value.x > 1 / 0', '1 / 0', 'it failed: division by zero'],
    ['topic.matches("a(")', '"a("', 'Unterminated group'],
    ['value.x.orValue(1) == 1', 'value.x.orValue(1)', 'orValue() cannot be used here'],
    ['has(value)', 'value', 'has() invalid argument'],
    ['[1].exists(1, true)', '1', 'invalid predicate iteration variable'],
  ])('%s', (filter, text, message) => {
    const mistake = mistakeOf(filter);
    if (message === '') {
      // What a message has may be true or false.
      expect(mistake).toBeNull();
      return;
    }
    expect(mistake!.text).toBe(text);
    expect(mistake!.message).toContain(message);
  });

  it('counts lines and columns', () => {
    expect(mistakeOf('value.total > 1\n  && valeu.x == 1')).toMatchObject({
      line: 2,
      column: 6,
      text: 'valeu',
    });
  });

  it('is too much', () => {
    const many = Array.from({ length: 700 }, (_, i) => `size == ${i}`).join(' || ');
    const deep = `${'('.repeat(60)}true${')'.repeat(60)}`;
    for (const filter of [many, deep, `${'!'.repeat(8000)}true`, `${'-'.repeat(8000)}1 > 1`])
      expect(mistakeOf(filter)!.message).toBe('It is too long or too deeply nested');
  });
});

describe('what never ends', () => {
  it('is given up', () => {
    const list = Array.from({ length: 1000 }, (_, i) => i);
    const filter = 'value.all(a, value.all(b, value.all(c, a + b + c >= 0)))';
    expect(ofValue(filter, list)).toBe('it failed: too much work');
  });

  it('does not grow', () => {
    let filter = 's.size() > 1';
    for (let i = 0; i < 20; i++) filter = `cel.bind(s, s + s, ${filter})`;
    expect(evaluate(`cel.bind(s, topic, ${filter})`, { topic: 'x'.repeat(100) })).toBe(
      'it failed: too large',
    );
    let lists = 'l.size() > 1';
    for (let i = 0; i < 20; i++) lists = `cel.bind(l, l + l, ${lists})`;
    expect(evaluate(`cel.bind(l, [topic], ${lists})`, {})).toBe('it failed: too large');
  });

  it('compares what is nested without end', () => {
    const nested = () => JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(ofValue('value.a == value.b', { a: nested(), b: nested() })).toBe('it failed: too deeply nested');
  });
});
