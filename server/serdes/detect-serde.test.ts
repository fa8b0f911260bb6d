import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detectSerde, type SampledRecord } from './detect-serde.ts';
import { NO_SOURCE } from './serde-source.ts';
import { Serdes } from './serdes.ts';
import { FakeRegistry } from './testing/fake-registry.ts';

const record = (value: Buffer | string | null, key: Buffer | string | null = null): SampledRecord => ({
  key: key === null ? null : Buffer.from(key as string),
  value: value === null ? null : Buffer.from(value as string),
  headers: [],
});
const hex = (...values: string[]) => values.map((value) => record(Buffer.from(value, 'hex')));

async function detected(records: SampledRecord[], { topic = 'orders', serdes = new Serdes(NO_SOURCE) } = {}) {
  const { serde, reason, isSettled } = await detectSerde(serdes, topic, 'value', records);
  return { serde, reason: reason.toString(), isSettled };
}

describe('detectSerde', () => {
  it.each<[string, SampledRecord[]]>([
    ['json', [record('{"a":1}'), record(' [1]'), record('plain')]],
    ['text', [record('{"a":1'), record('hello'), record('주문')]],
    ['text', [record('12345678'), record('87654321')]],
    ['xml', [record('<a/>'), record('<?xml version="1.0"?><b>1</b>')]],
    ['long', hex('00000000000000ff', '0000019b76daa87b', 'fffffffffffffffe')],
    ['double', hex('3ff0000000000000', '40934a456d5cfaad', 'c059000000000000')],
    ['integer', hex('00000001', '6955b900', 'fffffff0')],
    ['float', hex('3f8ccccd', '42f70000', 'c1200000')],
    ['short', hex('0001', '0203')],
    ['uuid', hex('018f3a5b9c7d7e8f8a9bacbdcedfe0f1', '123e4567e89b12d3a456426614174000')],
    ['messagepack', hex('81a161cd012c', '82a161c0a16293010203')],
    ['cbor', hex('a161611901f4', 'bf6161f6ff')],
    ['hex', hex('ff00ff00ff', '00')],
  ])('takes these for %s', async (serde, records) => {
    expect(await detected(records)).toMatchObject({ serde, isSettled: true });
  });

  it('says how many of those there are look so', async () => {
    const records = [record('{"a":1}'), record('{"b":2}'), record('x'), record(null), record('')];
    expect((await detected(records)).reason).toBe('2 of 3 values are JSON objects or lists');
    expect(await detected([record(null)])).toEqual({
      serde: 'text',
      reason: 'No message that was looked at has a value',
      isSettled: false,
    });
    expect((await detected([])).reason).toBe('The topic has no messages yet');
  });

  it('knows Kafka’s own topics by name alone, and others by name when they hold what it says', async () => {
    expect(await detected([], { topic: '__consumer_offsets' })).toMatchObject({ serde: 'consumer-offsets' });
    const beat = Buffer.from('00000000019b76daa87b', 'hex');
    for (const topic of ['heartbeats', 'us.heartbeats']) {
      expect(await detected([record(beat, Buffer.from('0002757300026575', 'hex'))], { topic })).toMatchObject(
        {
          serde: 'mm2-heartbeat',
        },
      );
      expect(await detected([record('{"beat":1}', 'k')], { topic })).toMatchObject({ serde: 'json' });
    }
    const status = record('{"state":"RUNNING"}', 'status-connector-x');
    for (const topic of [
      'connect-status',
      '_my-connect-status',
      'connect.eu.status',
      'mm2-status.us.internal',
    ]) {
      expect(await detected([status], { topic })).toMatchObject({ serde: 'connect-status' });
    }
    expect(await detected([status], { topic: 'order-status' })).toMatchObject({ serde: 'json' });
  });
});

describe('with a registry', () => {
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

  const framed = hex('000000000c00', '000000000c02', '000000000d00', '7b7d');

  it('takes ids of schemas that it has for what these are', async () => {
    registry.schemas.set(12, {
      schema: '{"type":"record","name":"shop.Order","fields":[{"name":"a","type":"int"}]}',
    });
    registry.schemas.set(13, { schemaType: 'PROTOBUF', schema: 'syntax = "proto3"; message M {}' });
    expect(await detected(framed, { serdes })).toEqual({
      serde: 'avro',
      reason: '2 of 4 values begin with the id of a schema in the registry: 12 (shop.Order, AVRO)',
      isSettled: true,
    });
  });

  it('takes them for bytes where it has none of them, or is not there, and looks again soon', async () => {
    const unknown = await detected(framed, { serdes });
    expect(unknown).toMatchObject({ serde: 'hex', isSettled: false });
    expect(unknown.reason).toMatch(/none could be fetched: The schema registry has no schema 12/);
    registry.trouble = { status: 401 };
    const other = await detected(hex('000000001f00'), { serdes });
    expect(other.reason).toMatch(/refused the credentials/);
    const without = await detected(framed);
    expect(without).toMatchObject({ serde: 'hex', isSettled: false });
    expect(without.reason).toMatch(/^3 of 4 values begin like ids of schemas, but no schema registry/);
  });

  it('does not take small numbers for ids', async () => {
    expect(await detected(hex('0000000000000005', '0000000000000006'), { serdes })).toMatchObject({
      serde: 'long',
    });
  });
});
