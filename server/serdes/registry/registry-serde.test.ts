import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Decoded, type RecordAround, SchemaNeeded, SerdeError, type WriteTarget } from '../serde.ts';
import { Serdes } from '../serdes.ts';
import { FakeRegistry } from '../testing/fake-registry.ts';

let registry: FakeRegistry;
let serdes: Serdes;

beforeEach(async () => {
  registry = new FakeRegistry();
  await registry.start();
  serdes = new Serdes({ registry: registry.source, files: [] });
});

afterEach(async () => {
  serdes.close();
  await registry.stop();
});

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const target: WriteTarget = { topic: 'orders', part: 'value', schemaId: null, typeName: null };

async function decoded(
  name: 'avro' | 'protobuf' | 'json-schema',
  bytes: Buffer,
  around?: RecordAround,
  by = serdes,
): Promise<Decoded> {
  for (;;) {
    try {
      return by.serde(name).decode(bytes, around);
    } catch (error) {
      if (!(error instanceof SchemaNeeded)) throw error;
      await error.ready;
    }
  }
}

describe('avro', () => {
  it('is read with the schema it was written with, and what that refers to', async () => {
    registry.schemas.set(1, { schema: '{"type":"enum","name":"shop.State","symbols":["NEW","SENT"]}' });
    registry.subjects.set('state', 1);
    registry.schemas.set(2, {
      schema: '{"type":"record","name":"shop.Item","fields":[{"name":"state","type":"State"}]}',
      references: [{ name: 'shop.State', subject: 'state', version: 1 }],
    });
    registry.subjects.set('item', 2);
    registry.schemas.set(12, {
      schema:
        '{"type":"record","name":"shop.Order","fields":[{"name":"items","type":{"type":"array","items":"shop.Item"}}]}',
      references: [{ name: 'shop.Item', subject: 'item', version: 1 }],
    });
    const read = await decoded('avro', hex('00 0000000c 04 02 00 00'));
    expect(read.text).toBe('{"items":[{"state":"SENT"},{"state":"NEW"}]}');
    expect(read.schema).toEqual({ id: 12, type: 'AVRO', name: 'shop.Order' });
    await decoded('avro', hex('00 0000000c 00'));
    expect(registry.asked.filter((path) => path.includes('/ids/'))).toHaveLength(1);
  });

  it('is written with the newest schema of the topic', async () => {
    registry.schemas.set(7, { schema: '{"type":"record","name":"O","fields":[{"name":"n","type":"int"}]}' });
    registry.subjects.set('orders-value', 7);
    const bytes = await serdes.serde('avro').encode('{"n":1}', target);
    expect(bytes.toString('hex')).toBe('000000000702');
    const named = await serdes.serde('avro').encode('{"n":1}', { ...target, topic: 'none', schemaId: 7 });
    expect(named).toEqual(bytes);
    await expect(serdes.serde('avro').encode('{"n":"x"}', target)).rejects.toThrow('n: This has to be int');
    await expect(serdes.serde('avro').encode('{}', { ...target, topic: 'none' })).rejects.toThrow(
      'The schema registry has no schema for none-value',
    );
  });
});

describe('protobuf', () => {
  it('is read as the message type that follows the id', async () => {
    registry.schemas.set(3, {
      schemaType: 'PROTOBUF',
      schema: `syntax = "proto3"; package shop; import "other.proto";
        message Order { int32 n = 1; message Line { Other o = 1; } } message Refund { string why = 1; }`,
      references: [{ name: 'other.proto', subject: 'other', version: 1 }],
    });
    registry.schemas.set(4, {
      schemaType: 'PROTOBUF',
      schema: 'syntax = "proto3"; package shop; message Other { int32 x = 1; }',
    });
    registry.subjects.set('other', 4);
    expect((await decoded('protobuf', hex('00 00000003 00 0805'))).text).toBe('{"n":5}');
    const line = await decoded('protobuf', hex('00 00000003 04 00 00 0a020807'));
    expect(line.text).toBe('{"o":{"x":7}}');
    expect(line.schema?.name).toBe('shop.Order.Line');
    expect((await decoded('protobuf', hex('00 00000003 02 02 0a0178'))).text).toBe('{"why":"x"}');
    await expect(decoded('protobuf', hex('00 00000003 02 08 00'))).rejects.toThrow('no message type at 4');
    registry.subjects.set('orders-value', 3);
    const refund = await serdes.serde('protobuf').encode('{"why":"x"}', { ...target, typeName: 'Refund' });
    expect(refund.toString('hex')).toBe('000000000302020a0178');
    await expect(serdes.serde('protobuf').encode('{}', { ...target, typeName: 'Nope' })).rejects.toThrow(
      'There is no message type Nope',
    );
  });
});

describe('json-schema', () => {
  beforeEach(() => {
    registry.schemas.set(5, {
      schemaType: 'JSON',
      schema: JSON.stringify({
        $id: 'http://shop/order.json',
        title: 'Order',
        type: 'object',
        properties: { id: { type: 'integer' }, item: { $ref: 'item.json' }, code: { pattern: '^(a+)+$' } },
        required: ['id'],
        additionalProperties: false,
      }),
      references: [{ name: 'item.json', subject: 'item', version: 1 }],
    });
    registry.schemas.set(6, {
      schemaType: 'JSON',
      schema: '{"type":"object","properties":{"sku":{"type":"string"}}}',
    });
    registry.subjects.set('item', 6);
    registry.subjects.set('orders-value', 5);
  });

  it('is read as it was written, and checked when it is typed', async () => {
    const read = await decoded(
      'json-schema',
      Buffer.concat([hex('00 00000005'), Buffer.from('{"id":9007199254740993}')]),
    );
    expect(read).toMatchObject({
      text: '{"id":9007199254740993}',
      schema: { id: 5, name: 'Order' },
      isPlainText: false,
    });
    expect(read.value).toEqual({ id: 9007199254740993n });
    const serde = serdes.serde('json-schema');
    expect((await serde.encode('{"id":1,"item":{"sku":"x"}}', target)).toString('latin1')).toBe(
      '\0\0\0\0\u0005{"id":1,"item":{"sku":"x"}}',
    );
    await expect(serde.encode('{"id":1,"item":{"sku":5}}', target)).rejects.toMatchObject({
      at: 'item.sku',
      message: 'item.sku: The schema says: must be string',
    });
    await expect(serde.encode('{"id":1,"no":5}', target)).rejects.toThrow(
      'must NOT have additional properties: no',
    );
  });

  it('does not wait for a regular expression that never ends', async () => {
    const given = JSON.stringify({ id: 1, code: `${'a'.repeat(40)}b` });
    await expect(serdes.serde('json-schema').encode(given, target)).rejects.toThrow(/takes longer than 1 s/);
  });
});

describe('the wire format', () => {
  it('has the id in a header too, as a number or a guid', async () => {
    const guid = '123e4567-e89b-12d3-a456-426614174000';
    registry.schemas.set(guid, { schema: '"string"' });
    registry.schemas.set(8, { schema: '"string"' });
    const around = (value: string): RecordAround => ({
      part: 'value',
      key: null,
      headers: [{ key: '__value_schema_id', value: hex(value) }],
    });
    expect((await decoded('avro', hex('0278'), around('0000000008'))).text).toBe('"x"');
    expect((await decoded('avro', hex('0278'), around(`01${guid.replaceAll('-', '')}`))).text).toBe('"x"');
    expect((await decoded('avro', hex(`01${guid.replaceAll('-', '')}0278`))).text).toBe('"x"');
  });

  it.each(['', '00', '0000000000', '00ffffffff', '7b7d0000000000'])('is not that of %s', async (bytes) => {
    await expect(decoded('avro', hex(bytes))).rejects.toThrow('do not begin with the id of a schema');
    expect(registry.asked).toEqual([]);
  });
});

describe('a registry that fails', () => {
  const bytes = hex('00 00000009 00');

  it('is not asked again for an id that it lacks, for a while', async () => {
    await expect(decoded('avro', bytes)).rejects.toThrow('The schema registry has no schema 9');
    await expect(decoded('avro', bytes)).rejects.toThrow(SerdeError);
    expect(registry.asked).toHaveLength(1);
  });

  it('is not asked for ever new ids when these are none', async () => {
    for (let id = 1; id <= 200; id++) {
      const one = Buffer.from(bytes);
      one.writeInt32BE(id, 1);
      await expect(decoded('avro', one)).rejects.toThrow(SerdeError);
    }
    expect(registry.asked.length).toBeLessThanOrEqual(30);
  });

  it.each<[string, NonNullable<FakeRegistry['trouble']>, RegExp]>([
    ['refuses', { status: 401 }, /refused the credentials \(401\)/],
    ['is broken', { status: 500 }, /answered 500/],
    ['is something else', { status: 200, body: '<html>' }, /not JSON/],
    ['tells no schema', { status: 200, body: '{}' }, /is none/],
    ['redirects', { status: 302 }, /answered 302/],
    ['does not answer', 'silent', /did not answer within 0.3 s/],
  ])('is left alone once it %s', async (_, trouble, message) => {
    registry.trouble = trouble;
    const begun = performance.now();
    await expect(decoded('avro', bytes)).rejects.toThrow(message);
    for (let id = 10; id < 1000; id++) {
      const one = Buffer.from(bytes);
      one.writeInt32BE(id, 1);
      await expect(decoded('avro', one)).rejects.toThrow(message);
    }
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(registry.asked).toHaveLength(1);
  });

  it('that is not there is told', async () => {
    await registry.stop();
    await expect(decoded('avro', bytes)).rejects.toThrow(
      'The schema registry cannot be reached (ECONNREFUSED)',
    );
    await registry.start();
  });

  it('is told of a schema that cannot be used', async () => {
    registry.schemas.set(9, { schema: '{"type":"record","name":"R","fields":[{"name":"a","type":"Lost"}]}' });
    await expect(decoded('avro', bytes)).rejects.toThrow(/Schema 9 cannot be used: .*Lost/);
    registry.schemas.set(10, { schema: '"int"', references: [{ name: 'x', subject: 'gone', version: 3 }] });
    await expect(decoded('avro', hex('00 0000000a 00'))).rejects.toThrow(/refers to x \(gone, version 3\)/);
    registry.schemas.set(11, { schema: '{}', schemaType: 'JSON' });
    await expect(decoded('avro', hex('00 0000000b 00'))).rejects.toThrow('Schema 11 is of type JSON');
  });

  it('is given the credentials', async () => {
    registry.schemas.set(9, { schema: '"int"' });
    const auth = { kind: 'basic', username: 'u', password: 'p' } as const;
    const own = new Serdes({ registry: { ...registry.source, auth }, files: [] });
    expect((await decoded('avro', bytes, undefined, own)).value).toBe(0);
    expect(registry.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`);
    own.close();
  });
});
