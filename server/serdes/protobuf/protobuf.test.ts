import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../plain.ts';
import { readJsonAsWritten } from '../read-json.ts';
import { SerdeError } from '../serde.ts';
import { textOfDescriptor } from './descriptor-text.ts';
import { indexOf, readIndexes, typeAt, writeIndexes } from './message-indexes.ts';
import { type ProtoFile, readProtoFile } from './proto-files.ts';
import { type MessageType, ProtoTypeTable } from './proto-types.ts';
import { readProtobuf } from './read-protobuf.ts';
import { writeProtobuf } from './write-protobuf.ts';

const ORDER = `syntax = "proto3";
package shop;
message Order {
  int64 id = 1;
  sint64 delta = 2;
  uint64 big = 3;
  fixed64 fixed = 4;
  sfixed32 small = 5;
  int32 count = 6;
  bool paid = 7;
  string customer_name = 8;
  bytes raw = 9;
  double ratio = 10;
  float weight = 11;
  repeated sint32 numbers = 12;
  repeated string tags = 13;
  map<string, Item> items = 14;
  optional string note = 15;
  oneof pay { string card = 16; Item voucher = 17; }
  State state = 18;
  Order parent = 19;
  map<int64, bool> flags = 20;
  message Item { string sku = 1; int32 amount = 2; }
  enum State { NEW = 0; SENT = 7; }
}`;

function typeOf(text: string, name: string, imports: ProtoFile[] = []): MessageType {
  const find = (path: string) => imports.find((file) => file.path === path) ?? null;
  return new ProtoTypeTable(readProtoFile({ path: 'main.proto', text }, find).root).message(name)!;
}

const order = typeOf(ORDER, 'shop.Order');
/** protobufjs's own encoder, which Kafdeck does not use. */
const reference = protobuf.parse(ORDER, { keepCase: true }).root.lookupType('shop.Order');

/** Of the library that protobufjs finds; its types do not tell of it. */
const LongValue = protobuf.util.Long as unknown as { fromString(text: string, unsigned: boolean): unknown };
const long = (value: bigint, unsigned: boolean) => LongValue.fromString(String(value), unsigned);
const int32 = fc.integer();
const item = fc.record({ sku: fc.string(), amount: int32 });
const key = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__');

const { message } = fc.letrec<{ message: { [field: string]: unknown } }>((tie) => ({
  message: fc.record(
    {
      id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      delta: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      big: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fixed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      small: int32,
      count: int32,
      paid: fc.boolean(),
      customer_name: fc.string({ unit: 'grapheme' }),
      raw: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      ratio: fc.double({ noNaN: true }),
      numbers: fc.array(int32),
      tags: fc.array(fc.string()),
      items: fc.dictionary(key, item, { noNullPrototype: true }),
      note: fc.string(),
      card: fc.string(),
      state: fc.constantFrom('NEW', 'SENT'),
      parent: tie('message') as fc.Arbitrary<{ [field: string]: unknown }>,
    },
    { requiredKeys: ['id', 'delta', 'big', 'fixed', 'state', 'raw', 'tags', 'numbers', 'items'] },
  ),
}));

function forReference(given: { [field: string]: unknown }): { [field: string]: unknown } {
  return {
    ...given,
    id: long(given.id as bigint, false),
    delta: long(given.delta as bigint, false),
    big: long(given.big as bigint, true),
    fixed: long(given.fixed as bigint, true),
    state: given.state === 'SENT' ? 7 : 0,
    ...(given.parent ? { parent: forReference(given.parent as typeof given) } : {}),
  };
}

const safe = (value: unknown) => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
const DEFAULTS = { small: 0, count: 0, paid: false, customer_name: '', ratio: 0, weight: 0, flags: {} };

function shown(given: { [field: string]: unknown }): { [field: string]: unknown } {
  const { id, delta, big, fixed, parent, ...rest } = given;
  return {
    ...DEFAULTS,
    ...rest,
    id: safe(id),
    delta: safe(delta),
    big: safe(big),
    fixed: safe(fixed),
    ...(parent ? { parent: shown(parent as typeof given) } : {}),
  };
}

describe('readProtobuf and writeProtobuf', () => {
  it('read what protobufjs writes, and write what is read again', () => {
    fc.assert(
      fc.property(message, (given) => {
        const bytes = Buffer.from(reference.encode(reference.create(forReference(given))).finish());
        expect(readProtobuf(order, bytes, false)).toEqual(shown(given));
        const text = jsonText(readProtobuf(order, bytes, true));
        const again = writeProtobuf(order, readJsonAsWritten(text));
        expect(jsonText(readProtobuf(order, again, true))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  /** From the encoding guide of protobuf.dev. */
  it.each<[proto: string, bytes: string, text: string]>([
    ['int32 a = 1;', '089601', '{"a":150}'],
    ['int32 a = 1;', '08feffffffffffffffff01', '{"a":-2}'],
    ['string b = 2;', '120774657374696e67', '{"b":"testing"}'],
    ['repeated int32 f = 6;', '3206038e029ea705', '{"f":[3,270,86942]}'],
    ['repeated int32 f = 6;', '3003308e02309ea705', '{"f":[3,270,86942]}'],
    ['optional int32 a = 1;', '', '{}'],
    ['map<string, int32> g = 7;', '3a050a0161100a', '{"g":{"a":10}}'],
    ['float w = 1;', '0dcdcccc3d', '{"w":0.1}'],
    ['double d = 1;', '09000000000000f87f', '{"d":"NaN"}'],
    ['int32 a = 1;', '089601120774657374696e67', '{"a":150,"#2":"dGVzdGluZw=="}'],
    ['oneof o { int32 a = 1; string b = 2; }', '1201780801', '{"a":1}'],
    ['oneof o { int32 a = 1; string b = 2; }', '0801120178', '{"b":"x"}'],
  ])('reads %s of %s', (fields, bytes, text) => {
    const type = typeOf(`syntax = "proto3"; message M { ${fields} }`, 'M');
    expect(jsonText(readProtobuf(type, Buffer.from(bytes, 'hex'), true))).toBe(text);
  });

  it('merges messages that come in parts', () => {
    const type = typeOf('syntax = "proto3"; message M { M m = 1; int32 a = 2; int32 b = 3; }', 'M');
    expect(readProtobuf(type, Buffer.from('0a0210010a021802', 'hex'), false)).toEqual({
      m: { a: 1, b: 2 },
      a: 0,
      b: 0,
    });
  });

  it('reads and writes proto2’s groups, required fields and extensions', () => {
    const text = `syntax = "proto2"; package p;
      message M { required int32 a = 1; optional group G = 2 { optional int32 x = 1; } extensions 100 to 199; }
      extend M { optional string e = 100; }`;
    const type = typeOf(text, 'p.M');
    const bytes = Buffer.from('0801130807 14a2060178'.replace(' ', ''), 'hex');
    expect(jsonText(readProtobuf(type, bytes, true))).toBe('{"a":1,"g":{"x":7},"[p.e]":"x"}');
    expect(writeProtobuf(type, { a: 1, g: { x: 7 }, '[p.e]': 'x' })).toEqual(bytes);
    expect(() => writeProtobuf(type, {})).toThrow(/^a: This is needed$/);
  });

  it.each([
    ['google.protobuf.Timestamp', '"2026-01-31T12:00:00.500Z"'],
    ['google.protobuf.Timestamp', '"1969-12-31T23:59:59.999999999Z"'],
    ['google.protobuf.Duration', '"-1.500s"'],
    ['google.protobuf.Duration', '"3s"'],
    ['google.protobuf.Int64Value', '9007199254740993'],
    ['google.protobuf.StringValue', '""'],
    ['google.protobuf.FieldMask', '"a.b,c"'],
    ['google.protobuf.Struct', '{"a":[1,"x",true,null,{"b":{}}]}'],
    ['google.protobuf.Value', 'null'],
    ['google.protobuf.Any', '{"@type":"type.googleapis.com/M2","n":5}'],
    ['google.protobuf.Any', '{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}'],
    ['google.protobuf.Any', '{"@type":"x.org/unknown","value":"AQ=="}'],
    ['google.type.Money', '{"currency_code":"KRW","units":12,"nanos":0}'],
    ['confluent.type.Decimal', '12.30'],
    ['confluent.type.Decimal', '-5'],
  ])('writes and reads %s as %s', (name, value) => {
    const file = name.startsWith('google.protobuf')
      ? ''
      : `import "${name.toLowerCase().replaceAll('.', '/')}.proto";`;
    const imports = ['any', 'duration', 'struct', 'timestamp', 'wrappers', 'field_mask']
      .map((one) => `import "google/protobuf/${one}.proto";`)
      .join('');
    const type = typeOf(
      `syntax = "proto3"; ${file} ${imports} message M { ${name} v = 1; } message M2 { int32 n = 1; }`,
      'M',
    );
    const bytes = writeProtobuf(type, readJsonAsWritten(`{"v":${value}}`));
    expect(jsonText(readProtobuf(type, bytes, true))).toBe(`{"v":${value}}`);
  });

  it.each<[given: string, message: string]>([
    ['{"count":"x"}', 'count: This has to be int32; a text was given'],
    ['{"count":2147483648}', 'count: This has to be from -2147483648 to 2147483647'],
    ['{"items":{"a":{"sku":1}}}', 'items.a.sku: This has to be string; a number was given'],
    ['{"tags":["a",1]}', 'tags[1]: This has to be string; a number was given'],
    ['{"nope":1}', 'nope: shop.Order has no such field'],
    ['{"card":"x","voucher":{}}', 'voucher: Only one of this and card may be given'],
    ['{"state":"LOST"}', 'state: This has to be one of NEW, SENT'],
    ['{"raw":"*"}', 'raw: This has to be base64; a text was given'],
    ['{"customer_name":"a","customerName":"b"}', 'customerName: Given more than once'],
    ['[]', 'This has to be shop.Order; a list was given'],
  ])('refuses %s', (given, said) => {
    expect(() => writeProtobuf(order, readJsonAsWritten(given))).toThrow(said);
  });

  it('takes Protobuf’s own JSON', () => {
    const given = { id: '9007199254740993', customerName: 'x', raw: 'AQ', note: null, flags: { '-5': true } };
    expect(readProtobuf(order, writeProtobuf(order, given), false)).toMatchObject({
      id: 9007199254740993n,
      customer_name: 'x',
      raw: Buffer.from([1]),
      flags: { '-5': true },
    });
  });

  it.each([
    ['a varint without an end', 'ff'.repeat(11)],
    ['a length beyond the end', '42ff01'],
    ['field number 0', '0001'],
    ['a group that is not ended', '13'],
    ['a group that is ended otherwise', '131c'],
    ['an end without a group', '14'],
    ['a field of another type', '0a0161'],
    ['text that is not UTF-8', '4202c328'],
  ])('ends with an error for %s', (_, bytes) => {
    expect(() => readProtobuf(order, Buffer.from(bytes, 'hex'), false)).toThrow(SerdeError);
  });

  it('bounds depth, and what empty messages unfold to', () => {
    let deep = Buffer.alloc(0);
    for (let depth = 0; depth < 1500; depth++) {
      const length: number[] = [];
      for (let left = deep.length; ; left >>= 7) {
        length.push(left > 127 ? (left & 127) | 128 : left);
        if (left <= 127) break;
      }
      deep = Buffer.concat([Buffer.from([0x9a, 0x01, ...length]), deep]);
    }
    expect(() => readProtobuf(order, deep, false)).toThrow(/nested more than 1000/);
    const wide = typeOf(
      `syntax = "proto3"; message M { repeated N n = 1; } message N { ${Array.from({ length: 500 }, (_, index) => `int32 f${index} = ${index + 1};`).join('')} }`,
      'M',
    );
    expect(() => readProtobuf(wide, Buffer.from('0a00'.repeat(100_000), 'hex'), false)).toThrow(
      /more values/,
    );
  });
});

describe('readProtoFile', () => {
  it('follows imports, and lists the types that the file itself declares', () => {
    const imports = [{ path: 'a/b.proto', text: 'syntax = "proto3"; package a; message B { int32 n = 1; }' }];
    const text = `syntax = "proto3"; package m; import "a/b.proto"; import "buf/validate.proto";
      message One { a.B b = 1; message In { message Deep {} } } message Two { One.In i = 1; }`;
    const file = readProtoFile(
      { path: 'm.proto', text },
      (path) => imports.find((one) => one.path === path) ?? null,
    );
    expect(file.declared.map(({ fullName }) => fullName)).toEqual(['m.One', 'm.Two']);
    expect(typeAt(file.declared, [0, 0, 0])).toBe('m.One.In.Deep');
    expect(indexOf(file.declared, 'Two')).toEqual([1]);
    expect(indexOf(file.declared, 'm.One.In.Deep')).toEqual([0, 0, 0]);
    expect(() => typeAt(file.declared, [2])).toThrow(/no message type at 2/);
  });

  it.each([
    [
      'syntax = "proto3"; message M { Missing m = 1; }',
      /main\.proto cannot be used: no such Type or Enum 'Missing'/,
    ],
    ['syntax = "proto3"; import "x.proto"; message M { X x = 1; }', /imports are not there: x\.proto/],
    ['syntax = "proto3";\nmessage M { int32 }', /main\.proto is no \.proto file.*line 2/],
    ['message M {'.repeat(10_000), /main\.proto is no \.proto file/],
  ])('says what is wrong with %.60s', (text, message) => {
    expect(() => typeOf(text, 'M')).toThrow(message);
  });

  it('reads custom options, and makes no code of a schema', () => {
    const text = `syntax = "proto3"; import "google/protobuf/descriptor.proto";
      extend google.protobuf.FieldOptions { string hint = 50000; }
      message M { int32 a = 1 [(hint) = "\\"}); throw 1; //"]; }`;
    const { Function: before } = globalThis;
    globalThis.Function = new Proxy(before, {
      apply: () => expect.unreachable('code was made'),
      construct: () => expect.unreachable('code was made'),
    });
    try {
      const type = typeOf(text, 'M');
      expect(readProtobuf(type, writeProtobuf(type, { a: 5 }), false)).toEqual({ a: 5 });
    } finally {
      globalThis.Function = before;
    }
  });
});

/** A FileDescriptorProto that Python's protobuf has made, and a message that it has written. */
const DESCRIPTOR =
  'CgdtLnByb3RvEgFwIt0BCgFNEgkKAWEYASACKBISEQoBZxgCIAEoCjIGLnAuTS5HEg4KAnBrGAMgAygFQgIQARIcCgR0YWdzGAQgAygLMg4ucC5NLlRhZ3NFbnRyeRINCgNvbmUYBSABKAlIABITCgN0d28YBiABKA4yBC5wLlNIABo0CglUYWdzRW50cnkSCwoDa2V5GAEgASgJEhYKBXZhbHVlGAIgASgLMgcucC5NLkluOgI4ARoOCgFHEgkKAXgYASABKAUaFgoCSW4SEAoDc2t1GAEgASgJUgNTS1UqBQhkEMgBQgMKAW8qLgoBUxIFCgFBEAASDgoBQhD///////////8BEg4KAUMQ////////////ARoCEAE6DwoBZRIELnAuTRhkIAEoCWIGcHJvdG8y';
const DESCRIBED = '0805130807141a0301ac0222080a016b12030a017a30ffffffffffffffffff01a20603657874';

describe('textOfDescriptor', () => {
  it('gives what a compiled .proto file says, as it was written', () => {
    const type = typeOf(textOfDescriptor(DESCRIPTOR)!, 'p.M');
    const bytes = Buffer.from(DESCRIBED, 'hex');
    const text = '{"a":-3,"g":{"x":7},"pk":[1,300],"tags":{"k":{"sku":"z"}},"two":"B","[p.e]":"ext"}';
    expect(jsonText(readProtobuf(type, bytes, true))).toBe(text);
    expect(writeProtobuf(type, readJsonAsWritten(text))).toEqual(bytes);
    expect(writeProtobuf(type, readJsonAsWritten('{"a":1,"tags":{"k":{"SKU":"z"}}}')).toString('hex')).toBe(
      '080222080a016b12030a017a',
    );
  });

  it('leaves .proto files alone, and takes no name that is none', () => {
    expect(textOfDescriptor(ORDER)).toBeNull();
    const hostile = Buffer.from(`0a01782210${Buffer.from('\n\u000eM {} message X').toString('hex')}`, 'hex');
    expect(() => textOfDescriptor(hostile.toString('base64'))).toThrow(SerdeError);
  });
});

describe('message indexes', () => {
  it.each<[number[], string]>([
    [[0], '00'],
    [[1], '0202'],
    [[0, 1], '040002'],
    [[100, 0], '04c80100'],
  ])('%j are %s', (indexes, bytes) => {
    expect(writeIndexes(indexes).toString('hex')).toBe(bytes);
    expect(readIndexes(Buffer.from(`${bytes}ff`, 'hex'))).toEqual({ indexes, rest: Buffer.from([0xff]) });
  });

  it.each(['', '02', '01', 'ffffffff0f', 'ffffffffffff'])('%s are none', (bytes) => {
    expect(() => readIndexes(Buffer.from(bytes, 'hex'))).toThrow(SerdeError);
  });
});
