import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { jsonSerde } from '../serdes/json.ts';
import { messagePackSerde } from '../serdes/messagepack.ts';
import { jsonText } from '../serdes/plain.ts';
import { readJson } from '../serdes/read-json.ts';
import { SchemaNeeded, type Serde } from '../serdes/serde.ts';
import { textSerde } from '../serdes/text.ts';
import { xmlSerde } from '../serdes/xml.ts';
import { isCoveredBy, maskingFor } from './masking-rules.ts';
import { type GivenRule, HASH, masking, REMOVE, rule, STARS } from './testing/rules.ts';
import { TopicMask } from './topic-mask.ts';

const shown = (rules: GivenRule[], content: string | Buffer, serde: Serde = jsonSerde) => {
  const bytes = Buffer.from(content);
  return new TopicMask(masking(...rules)).shown('value', bytes, () => serde.decode(bytes));
};

/** What is shown of JSON. */
const textOf = (rules: GivenRule[], content: string, serde?: Serde) => shown(rules, content, serde).text;

describe('fields of JSON', () => {
  it('are replaced, and all else stays as it is written', () => {
    const text =
      '{ "id": 9007199254740993, "price": 12.30 , "customer": {"email" : "a@b.c", "age":1e1}, "x":[1, 2 ] }';
    expect(textOf([{ fields: ['customer.email'] }], text)).toBe(text.replace('"a@b.c"', '"***"'));
    expect(textOf([{ fields: ['price', 'x[1]'], how: { kind: 'replace', with: 'a"b' } }], text)).toBe(
      text.replace('12.30', '"a\\"b"').replace('[1, 2 ]', '[1, "a\\"b" ]'),
    );
  });

  it('are left out', () => {
    const text = '{"a":1, "b" : [1, {"a":2,"c":3}], "c":{}}';
    expect(textOf([{ fields: ['a'], how: REMOVE }], text)).toBe('{ "b" : [1, {"a":2,"c":3}], "c":{}}');
    expect(textOf([{ fields: ['**.a'], how: REMOVE }], text)).toBe('{ "b" : [1, {"c":3}], "c":{}}');
    expect(textOf([{ fields: ['b[0]'], how: REMOVE }], text)).toBe('{"a":1, "b" : [ {"a":2,"c":3}], "c":{}}');
    expect(textOf([{ fields: ['b[*]'], how: REMOVE }], text)).toBe('{"a":1, "b" : [], "c":{}}');
    expect(textOf([{ fields: ['*'], how: REMOVE }], text)).toBe('{}');
  });

  it('are hashed, the same for the same value', () => {
    const { plain } = shown(
      [{ fields: ['**.id'], how: HASH }],
      '[{"id":5},{"id":5.0},{"id":"5"},{"id":{"a":1,"b":2}},{"id":{"b":2,"a":1}}]',
    );
    const hashes = (plain as { id: string }[]).map(({ id }) => id);
    expect(hashes.every((hash) => /^[0-9a-f]{16}$/.test(hash))).toBe(true);
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
    expect(hashes[3]).toBe(hashes[4]);
    const other = new TopicMask({
      ...masking({ fields: ['id'], how: HASH }),
      hashKey: Buffer.alloc(32, 8).toString('base64'),
    });
    expect(
      other.shown('value', Buffer.from(''), () => jsonSerde.decode(Buffer.from('{"id":5}'))).text,
    ).not.toContain(hashes[0]);
  });

  it('are found however they are written', () => {
    expect(textOf([{ fields: ['ssn'] }], '{"s\\u0073n":"1"}')).toBe('{"s\\u0073n":"***"}');
    expect(textOf([{ fields: ['ssn'] }], '{"ssn":"1","ssn":"2"}')).toBe('{"ssn":"***","ssn":"***"}');
    expect(textOf([{ fields: ['ssn'], how: REMOVE }], '{"ssn":"1","ssn":2}')).toBe('{}');
    expect(textOf([{ fields: ['a'] }], ' {"a":{"}":["]\\"}"]},"b":0}\n')).toBe(' {"a":"***","b":0}\n');
    expect(textOf([{ fields: ['__proto__'] }], '{"__proto__":"1"}')).toBe('{"__proto__":"***"}');
  });

  it('may hide different things in different ways', () => {
    const rules = [{ fields: ['a.b'], how: REMOVE }, { fields: ['**.b'] }];
    expect(textOf(rules, '{"a":{"b":1},"b":2}')).toBe('{"a":{},"b":"***"}');
  });

  it('leave a message as it is that has none of them', () => {
    const text = '{"a": [1.0, {}], "b":{"c":""}}';
    const {
      isMasked,
      areBytesShown,
      text: told,
      hidden,
      format,
    } = shown([{ fields: ['ssn', 'b.d', 'a[7]'] }], text);
    expect({ isMasked, areBytesShown, told, hidden, format }).toEqual({
      isMasked: false,
      areBytesShown: true,
      told: text,
      hidden: null,
      format: 'json',
    });
  });

  it('keep the bytes from being shown', () => {
    const one = shown([{ fields: ['a'] }], '{"a":1}');
    expect([one.isMasked, one.areBytesShown]).toEqual([true, false]);
    // The value has only one of the two, and that is not hidden.
    const twice = shown([{ fields: ['a.b'] }], '{"a":{"b":1},"a":2}');
    expect([twice.isMasked, twice.areBytesShown, twice.text]).toEqual([
      true,
      false,
      '{"a":{"b":"***"},"a":2}',
    ]);
  });
});

describe('where no fields can be seen', () => {
  const rules = [{ fields: ['ssn'] }];

  it.each<[string, string | Buffer, Serde]>([
    ['broken JSON', '{"ssn":"123', jsonSerde],
    ['a number', '123', jsonSerde],
    ['a text of JSON', '"{\\"ssn\\":\\"123\\"}"', jsonSerde],
    ['text', 'ssn=123', textSerde],
    ['broken JSON as text', '{"ssn":"123', textSerde],
    ['no UTF-8', Buffer.from([0xff, 0x7b]), textSerde],
    ['bytes of another kind', '{"ssn":"123"}', messagePackSerde],
    ['nesting without end', `{"ssn":${'['.repeat(2000)}1${']'.repeat(2000)}}`, jsonSerde],
  ])('all is hidden: %s', (_, content, serde) => {
    const one = shown(rules, content, serde);
    expect([one.text, one.plain, one.isMasked, one.areBytesShown]).toEqual([null, undefined, true, false]);
    expect(one.hidden!.in('en')).toContain('Hidden');
    expect(one.hidden!.in('en')).not.toContain('123');
  });

  it('sees them in JSON that is read as text', () => {
    const one = shown(rules, '{"ssn":"123","a":1.0}', textSerde);
    expect([one.text, one.format]).toEqual(['{"ssn":"***","a":1.0}', 'json']);
  });

  it('shows other formats as JSON, and never their bytes', () => {
    const packed = Buffer.from([0x82, 0xa3, 0x73, 0x73, 0x6e, 0x01, 0xa1, 0x61, 0x02]);
    const one = shown(rules, packed, messagePackSerde);
    expect([one.text, one.areBytesShown]).toEqual(['{"ssn":"***","a":2}', false]);
    const unmasked = shown([{ fields: ['other'] }], packed, messagePackSerde);
    expect([unmasked.text, unmasked.isMasked, unmasked.areBytesShown]).toEqual([
      '{"ssn":1,"a":2}',
      false,
      false,
    ]);
    const xml = shown(
      [{ fields: ['person.ssn'] }],
      '<!-- 123 --><person><ssn>123</ssn><b>x</b></person>',
      xmlSerde,
    );
    expect([xml.text, xml.format, xml.areBytesShown]).toEqual([
      '{"person":{"ssn":"***","b":"x"}}',
      'json',
      false,
    ]);
  });

  it('waits for a schema', () => {
    const needed = new SchemaNeeded(Promise.resolve());
    const mask = new TopicMask(masking(...rules));
    const pending = mask.shown('value', Buffer.from('x'), () => {
      throw needed;
    });
    expect(() => pending.text).toThrow(needed);
  });
});

describe('a whole key or value', () => {
  it('is hidden without being read', () => {
    const mask = (how: GivenRule['how'], content: string | Buffer = 'secret') =>
      new TopicMask(masking({ in: ['key'], how })).shown('key', Buffer.from(content), () => {
        throw new Error('it was read');
      });
    expect(mask(STARS)).toMatchObject({ text: '***', plain: '***', isMasked: true, areBytesShown: false });
    expect(mask(REMOVE)).toMatchObject({ text: null, plain: undefined, isMasked: true });
    expect(mask(REMOVE).hidden!.in('en')).toBe('Hidden by a masking rule');
    expect(mask(HASH).text).toMatch(/^[0-9a-f]{16}$/);
    expect(mask(HASH).text).toBe(mask(HASH).plain);
    expect(mask(HASH, Buffer.from([0xff])).text).not.toBe(mask(HASH, Buffer.from([0xfe])).text);
  });

  it('has the hash of the same text in a field and in a header', () => {
    const all = new TopicMask(masking({ in: ['key', 'headers'], how: HASH }, { fields: ['id'], how: HASH }));
    const key = all.shown('key', Buffer.from('c-1'), () => jsonSerde.decode(Buffer.from('')));
    const value = all.shown('value', Buffer.from(''), () => jsonSerde.decode(Buffer.from('{"id":"c-1"}')));
    const [header] = all.headers([{ key: 'h', value: Buffer.from('c-1') }]);
    expect(value.plain).toEqual({ id: key.text });
    expect(header!.value!.toString()).toBe(key.text);
  });

  it('wins over fields of it', () => {
    expect(textOf([{ fields: ['a'] }, { how: STARS }], '{"a":1,"b":2}')).toBe('***');
  });
});

describe('headers', () => {
  const headers = [
    { key: 'Authorization', value: Buffer.from('Bearer x') },
    { key: 'x.trace', value: Buffer.from('t-1') },
    { key: 'context', value: Buffer.from('{"user":{"ssn":"123"}}') },
    { key: 'none', value: null },
  ];
  const told = (...rules: GivenRule[]) =>
    new TopicMask(masking(...rules)).headers(headers).map(({ key, value }) => `${key}=${value}`);

  it('are hidden by name, whatever its case', () => {
    expect(told({ in: ['headers'], fields: ['authorization', 'X.TRACE'] })).toEqual([
      'Authorization=***',
      'x.trace=***',
      'context={"user":{"ssn":"123"}}',
      'none=null',
    ]);
    expect(told({ in: ['headers'], fields: ['authorization', '**.user', 'none'], how: REMOVE })).toEqual([
      'x.trace=t-1',
      'context={}',
    ]);
  });

  it('are hidden all together', () => {
    expect(told({ in: ['headers'] })).toEqual([
      'Authorization=***',
      'x.trace=***',
      'context=***',
      'none=null',
    ]);
    expect(told({ in: ['headers'], how: REMOVE })).toEqual([]);
    expect(told({ in: ['value'] })).toHaveLength(4);
  });

  it('are looked into where they are JSON', () => {
    expect(told({ in: ['headers'], fields: ['**.ssn'] })[2]).toBe('context={"user":{"ssn":"***"}}');
    expect(told({ in: ['headers'], fields: ['context.user.ssn'] })[2]).toBe('context={"user":{"ssn":"***"}}');
    const broken = [{ key: 'context', value: Buffer.from('\ufeff {"ssn":"123') }];
    expect(
      new TopicMask(masking({ in: ['headers'], fields: ['**.ssn'] })).headers(broken)[0]!.value!.toString(),
    ).toBe('***');
  });
});

describe('rules', () => {
  const rules = {
    hashKey: 'k',
    rules: [rule({ topics: ['shop.*', 'users'] }), rule({ topics: ['/pii|^secret-\\d$/'] })],
  };

  it('are for topics', () => {
    const count = (topic: string) => maskingFor(rules, topic)?.rules.length ?? 0;
    expect(
      ['shop.orders', 'users', 'users2', 'my-pii-topic', 'secret-1', 'secret-12', 'shop.pii'].map(count),
    ).toEqual([1, 1, 0, 1, 1, 0, 2]);
  });

  it('say which parts are masked', () => {
    const mask = new TopicMask(masking({ in: ['key'] }));
    expect([mask.masks('key'), mask.masks('value'), mask.masks('headers')]).toEqual([true, false, false]);
    expect(new TopicMask(null).masks('value')).toBe(false);
  });

  it('let nobody choose how masked parts are read', () => {
    const mask = new TopicMask(masking({ in: ['value'], fields: ['a'] }));
    expect(() => mask.refuseOtherSerde('value')).toThrow(Failure);
    expect(() => mask.refuseOtherSerde('key')).not.toThrow();
  });

  it('tell whether messages may be copied from one topic to another', () => {
    const [a, b] = [{ fields: ['a'] }, { in: ['key' as const] }];
    expect(isCoveredBy(null, null)).toBe(true);
    expect(isCoveredBy(null, masking(a))).toBe(true);
    expect(isCoveredBy(masking(a), null)).toBe(false);
    expect(isCoveredBy(masking(a), masking(b, a))).toBe(true);
    expect(isCoveredBy(masking(a, b), masking(a))).toBe(false);
    expect(isCoveredBy(masking(a), masking({ ...a, how: HASH }))).toBe(false);
  });
});

describe('whatever the message', () => {
  const name = fc.constantFrom('a', 'b', 'ssn', 'items', 'é"\\', '');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const path = fc.constantFrom(
    'a',
    'a.b',
    '**.ssn',
    'items[*].a',
    'items.b',
    '*',
    '*.a',
    '[0]',
    '**.items[1]',
    '["é\\"\\\\"]',
    'a.**',
  );
  const rules = fc.array(
    fc.record({
      fields: fc.array(path, { minLength: 1, maxLength: 3 }),
      how: fc.constantFrom(STARS, HASH, REMOVE),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const spaces = fc.constantFrom(0, 1, '\t');

  it('shows the same as text and as value', () => {
    fc.assert(
      fc.property(value, rules, spaces, (message, given, space) => {
        const one = shown(given, JSON.stringify(message, null, space));
        expect(one.text === null ? undefined : readJson(one.text)).toEqual(one.plain);
      }),
      { numRuns: 2000 },
    );
  });

  it('never shows what is hidden', () => {
    const SECRET = /s3cret-\d+/;
    let count = 0;
    fc.assert(
      fc.property(value, fc.constantFrom(STARS, HASH, REMOVE), spaces, (message, how, space) => {
        const text = JSON.stringify(
          withSecrets(message, () => `s3cret-${count++}`),
          null,
          space,
        );
        const one = shown([{ fields: ['**.ssn', 'ssn'], how }], text);
        expect(one.text ?? '').not.toMatch(SECRET);
        expect(one.plain === undefined ? '' : jsonText(one.plain)).not.toMatch(SECRET);
        if (SECRET.test(text)) expect([one.isMasked, one.areBytesShown]).toEqual([true, false]);
      }),
      { numRuns: 2000 },
    );
    expect(count).toBeGreaterThan(500);
  });

  it('stays as it is where no rule is for it', () => {
    fc.assert(
      fc.property(value, spaces, (message, space) => {
        const text = JSON.stringify(message, null, space);
        const one = shown([{ fields: ['nothing', '**.nothing', 'a.nothing[2]'] }], text);
        if (one.text !== null) expect([one.text, one.isMasked]).toEqual([text, false]);
      }),
    );
  });
});

/** The same with something in every `ssn` that must not be seen. */
function withSecrets(value: unknown, secret: () => string): unknown {
  if (Array.isArray(value)) return value.map((one) => withSecrets(one, secret));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === 'ssn' ? [secret(), { deep: secret() }] : withSecrets(one, secret),
    ]),
  );
}
