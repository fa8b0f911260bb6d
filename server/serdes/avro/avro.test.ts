import avsc from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../plain.ts';
import { readJsonAsWritten } from '../read-json.ts';
import { type Plain, SerdeError } from '../serde.ts';
import { readAvroSchema } from './avro-schema.ts';
import { readAvro } from './read-avro.ts';
import { writeAvro } from './write-avro.ts';

/** Longs as bigints, which avsc leaves to its user. */
const long = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});

const ORDER = {
  type: 'record',
  name: 'Order',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'count', type: 'int' },
    { name: 'name', type: 'string' },
    { name: 'note', type: ['null', 'string'] },
    { name: 'paid', type: 'boolean' },
    { name: 'ratio', type: 'double' },
    { name: 'raw', type: 'bytes' },
    { name: 'hash', type: { type: 'fixed', name: 'Hash', size: 4 } },
    { name: 'state', type: { type: 'enum', name: 'State', symbols: ['NEW', 'SENT'] } },
    { name: 'items', type: { type: 'array', items: 'string' } },
    { name: 'tags', type: { type: 'map', values: 'int' } },
    { name: 'next', type: ['null', 'Order'] },
  ],
};

const reference = avsc.Type.forSchema(ORDER as avsc.Schema, { registry: { long } });
const ours = readAvroSchema(JSON.stringify(ORDER));

interface Order {
  next: Order | null;
  [field: string]: unknown;
}

const { order } = fc.letrec<{ order: Order }>((tie) => ({
  order: fc.record({
    id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    count: fc.integer(),
    name: fc.string({ unit: 'grapheme' }),
    note: fc.option(fc.string()),
    paid: fc.boolean(),
    ratio: fc.double({ noNaN: true }),
    raw: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    hash: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    state: fc.constantFrom('NEW', 'SENT'),
    items: fc.array(fc.string(), { maxLength: 5 }),
    tags: fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
      fc.integer(),
      {
        maxKeys: 5,
        noNullPrototype: true,
      },
    ),
    next: fc.option(tie('order') as fc.Arbitrary<Order>, { depthSize: 'small', maxDepth: 3 }),
  }),
}));

/** Only what a number cannot hold is a bigint. */
const safe = (value: unknown): unknown =>
  typeof value === 'bigint' && BigInt(Number(value)) === value && Number.isSafeInteger(Number(value))
    ? Number(value)
    : value;
const withSafeIds = (order: Order): Order => ({
  ...order,
  id: safe(order.id),
  next: order.next && withSafeIds(order.next),
});

describe('readAvro and writeAvro', () => {
  it('read what avsc writes, and write what it reads', () => {
    fc.assert(
      fc.property(order, (given) => {
        const bytes = wrapped(given);
        expect(readAvro(ours, bytes, false)).toEqual(withSafeIds(given));
        const text = jsonText(readAvro(ours, bytes, true));
        expect(writeAvro(ours, readJsonAsWritten(text))).toEqual(bytes);
      }),
      { numRuns: 200 },
    );
  });

  /** avsc names the record branch of `next`, as it could be another map. */
  function wrapped(given: Order): Buffer {
    return reference.toBuffer(given);
  }

  it('takes Avro’s own JSON of unions, and fills in defaults', () => {
    const type = readAvroSchema(
      JSON.stringify({
        type: 'record',
        name: 'R',
        fields: [
          { name: 'u', type: ['null', 'string', 'long'], default: null },
          { name: 'd', type: 'bytes', default: '\u00ff\u0001' },
          { name: 'n', type: { type: 'array', items: 'int' }, default: [1, 2] },
        ],
      }),
    );
    const written = (text: string) => readAvro(type, writeAvro(type, readJsonAsWritten(text)), false);
    const defaults = { d: Buffer.from([0xff, 1]), n: [1, 2] };
    expect(written('{}')).toEqual({ u: null, ...defaults });
    expect(written('{"u":{"string":"x"}}')).toEqual({ u: 'x', ...defaults });
    expect(written('{"u":9007199254740993}')).toEqual({ u: 9007199254740993n, ...defaults });
  });

  it('names the branch where two look alike', () => {
    const type = readAvroSchema(
      JSON.stringify([
        'null',
        { type: 'record', name: 'a.Card', fields: [{ name: 'n', type: 'string' }] },
        { type: 'record', name: 'a.Cash', fields: [{ name: 'n', type: 'string' }] },
      ]),
    );
    const bytes = Buffer.from([4, 2, 0x78]);
    expect(readAvro(type, bytes, false)).toEqual({ 'a.Cash': { n: 'x' } });
    expect(writeAvro(type, { 'a.Cash': { n: 'x' } })).toEqual(bytes);
    expect(() => writeAvro(type, { n: 'x' })).toThrow(/one of null, \{"a\.Card": …\}/);
  });

  it.each<[schema: object, bytes: number[], text: string]>([
    [{ type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 }, [4, 0x04, 0xce], '12.30'],
    [{ type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 }, [2, 0xff], '-0.01'],
    [{ type: 'int', logicalType: 'date' }, [0xc8, 0x9f, 0x02], '"2020-05-22"'],
    [{ type: 'long', logicalType: 'timestamp-millis' }, [0xd2, 0x09], '"1970-01-01T00:00:00.617Z"'],
    [{ type: 'long', logicalType: 'timestamp-micros' }, [0x01], '"1969-12-31T23:59:59.999999Z"'],
    [{ type: 'long', logicalType: 'local-timestamp-nanos' }, [0x02], '"1970-01-01T00:00:00.000000001"'],
    [{ type: 'int', logicalType: 'time-millis' }, [0xd0, 0x0f], '"00:00:01.000"'],
    [{ type: 'long', logicalType: 'no-such-thing' }, [0x02], '1'],
    [
      { type: 'fixed', name: 'F', size: 12, logicalType: 'duration' },
      [1, 0, 0, 0, 2, 0, 0, 0, 0xdc, 5, 0, 0],
      '"P1M2DT1.5S"',
    ],
    [
      { type: 'fixed', name: 'U', size: 16, logicalType: 'uuid' },
      [0x12, 0x3e, 0x45, 0x67, 0xe8, 0x9b, 0x12, 0xd3, 0xa4, 0x56, 0x42, 0x66, 0x14, 0x17, 0x40, 0],
      '"123e4567-e89b-12d3-a456-426614174000"',
    ],
  ])('shows what %j means, and takes it back', (schema, bytes, text) => {
    const type = readAvroSchema(JSON.stringify(schema));
    expect(jsonText(readAvro(type, Buffer.from(bytes), true))).toBe(text);
    expect(writeAvro(type, readJsonAsWritten(text))).toEqual(Buffer.from(bytes));
  });

  it.each<[what: string, given: string, message: RegExp]>([
    [
      'a wrong kind',
      '{"id":1,"items":[{"sku":5}]}',
      /items\[0\]\.sku: This has to be string; a number was given/,
    ],
    ['a missing field', '{"items":[]}', /id: This is needed/],
    ['an unknown field', '{"id":1,"items":[],"total":2}', /total: R has no such field/],
    ['a number that is too large', '{"id":9223372036854775808,"items":[]}', /id: This has to be from/],
  ])('refuses %s with its place', (_, given, message) => {
    const item = { type: 'record', name: 'I', fields: [{ name: 'sku', type: 'string' }] };
    const type = readAvroSchema(
      JSON.stringify({
        type: 'record',
        name: 'R',
        fields: [
          { name: 'id', type: 'long' },
          { name: 'items', type: { type: 'array', items: item } },
        ],
      }),
    );
    expect(() => writeAvro(type, readJsonAsWritten(given))).toThrow(message);
  });

  it.each<[what: string, schema: Plain, bytes: number[]]>([
    [
      'an array that claims 2^62 nulls',
      { type: 'array', items: 'null' },
      [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
    ],
    ['a string longer than the bytes', 'string', [0xfe, 0xff, 0xff, 0xff, 0x0f, 0x61]],
    ['a negative length', 'bytes', [0x03]],
    ['a varint without an end', 'long', Array(12).fill(0xff)],
    ['a branch that is not there', ['null', 'int'], [0x08]],
    ['a symbol that is not there', { type: 'enum', name: 'E', symbols: ['A'] }, [0x02]],
    ['text that is not UTF-8', 'string', [0x04, 0xc3, 0x28]],
    ['bytes behind the value', 'int', [0x02, 0x00]],
    ['nothing', 'int', []],
  ])('ends at once with an error for %s', (_, schema, bytes) => {
    const type = readAvroSchema(JSON.stringify(schema));
    expect(() => readAvro(type, Buffer.from(bytes), false)).toThrow(SerdeError);
  });

  it('does not run out of stack', () => {
    const type = readAvroSchema('{"type":"record","name":"N","fields":[{"name":"n","type":["null","N"]}]}');
    expect(() => readAvro(type, Buffer.alloc(1_000_000, 2), false)).toThrow(/nested more than 1000/);
    const deep = `${'{"type":"array","items":'.repeat(5000)}"int"${'}'.repeat(5000)}`;
    expect(() => readAvroSchema(deep)).toThrow(/nested more than 1000/);
  });

  it('keeps names such as __proto__ as fields', () => {
    const type = readAvroSchema('{"type":"record","name":"P","fields":[{"name":"__proto__","type":"int"}]}');
    const read = readAvro(type, Buffer.from([2]), false) as object;
    expect(Object.entries(read)).toEqual([['__proto__', 1]]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});
