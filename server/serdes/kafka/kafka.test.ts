import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encode } from '../../protocol/codec.ts';
import { consumerProtocolSubscription } from '../../protocol/messages/consumer-protocol-subscription.ts';
import { groupMetadataValue } from '../../protocol/messages/group-metadata-value.ts';
import { offsetCommitValue } from '../../protocol/messages/offset-commit-value.ts';
import { shareSnapshotValue } from '../../protocol/messages/share-snapshot-value.ts';
import { transactionLogValue } from '../../protocol/messages/transaction-log-value.ts';
import type { Input, Message } from '../../protocol/schema.ts';
import { SerdeError, type WriteTarget } from '../serde.ts';
import type { Serdes } from '../serdes.ts';
import { internalSerdes } from './internal-serdes.ts';
import { consumerOffsetsKinds, shareGroupStateKinds, transactionStateKinds } from './record-kinds.ts';

type Name = Parameters<Serdes['serde']>[0];
const serdes = { serde: (name: Name) => internalSerdes.get(name)! };
const keyOf = (name: Name, key: Buffer) =>
  serdes.serde(name).decode(key, { part: 'key', key, headers: [] }).value;
const read = (name: Name, key: Buffer, value: Buffer) =>
  serdes.serde(name).decode(value, { part: 'value', key, headers: [] }).value;

function versioned<T>(message: Message<T>, version: number, fields: Input<T>): Buffer {
  const bytes = encode(message, version, fields, 2);
  bytes.writeInt16BE(version, 0);
  return bytes;
}

/** Written by Kafka's own classes (server/protocol/testing/GoldenMessages.java). */
const golden = readFileSync(join(import.meta.dirname, '../../protocol/testing/golden-messages.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { name: string; version: number; bytes: string });

function prefixed(prefix: number, bytes: string): Buffer {
  const head = Buffer.alloc(2);
  head.writeInt16BE(prefix);
  return Buffer.concat([head, Buffer.from(bytes, 'base64')]);
}

const topics = [
  ['consumer-offsets', consumerOffsetsKinds],
  ['transaction-state', transactionStateKinds],
  ['share-group-state', shareGroupStateKinds],
] as const;
const kinds = topics.flatMap(([serde, all]) =>
  [...all].map(([number, kind]) => ({ serde, number, ...kind })),
);

describe('records of Kafka’s own topics', () => {
  it.each(kinds)(
    'of kind $number, $name, are read in every version that Kafka writes',
    ({ serde, number, name }) => {
      const keys = golden.filter((one) => one.name === `${name}Key`);
      const values = golden.filter((one) => one.name === `${name}Value`);
      expect(keys.length).toBeGreaterThan(0);
      expect(values.length).toBeGreaterThan(0);
      const key = prefixed(number, keys[0]!.bytes);
      expect(keyOf(serde, key)).toMatchObject({ type: name });
      for (const { version, bytes } of values) {
        const value = prefixed(version, bytes);
        expect(read(serde, key, value)).toMatchObject({ type: name });
        expect(serdes.serde(serde).decode(value, { part: 'value', key, headers: [] }).schema?.name).toBe(
          `${name}Value ${version}`,
        );
      }
    },
  );

  it('are told in words', () => {
    const offset = Buffer.from('0001000762696c6c696e6700066f726465727300000003', 'hex');
    expect(keyOf('consumer-offsets', offset)).toEqual({
      type: 'OffsetCommit',
      group: 'billing',
      topic: 'orders',
      partition: 3,
    });
    const committed = { offset: 2n ** 53n + 1n, metadata: 'm', commitTimestamp: 1767225600123n };
    const value = versioned(offsetCommitValue, 3, committed);
    expect(read('consumer-offsets', offset, value)).toEqual({
      type: 'OffsetCommit',
      offset: 9007199254740993n,
      leaderEpoch: -1,
      metadata: 'm',
      commitTimestamp: '2026-01-01T00:00:00.123Z',
      expireTimestamp: null,
      topicId: expect.any(String),
    });
    expect(
      serdes.serde('consumer-offsets').decode(value, { part: 'value', key: offset, headers: [] }).text,
    ).toContain('"offset":9007199254740993,');
  });

  it('tell what members subscribe to, where they speak the consumers’ protocol', () => {
    const key = Buffer.from('0002000762696c6c696e67', 'hex');
    const subscription = versioned(consumerProtocolSubscription, 1, { topics: ['orders'] });
    const group = (protocolType: string) =>
      read(
        'consumer-offsets',
        key,
        versioned(groupMetadataValue, 3, {
          protocolType,
          generation: 5,
          protocol: 'range',
          leader: 'm',
          members: [
            { memberId: 'm', clientId: 'c', clientHost: '/h', subscription, assignment: Buffer.alloc(0) },
          ],
        }),
      );
    expect(group('consumer')).toMatchObject({
      generation: 5,
      members: [{ memberId: 'm', subscription: { topics: ['orders'] } }],
    });
    expect(group('connect')).toMatchObject({ members: [{ subscription }] });
  });

  it('name states', () => {
    const id = Buffer.from('00000003706179', 'hex');
    expect(keyOf('transaction-state', id)).toEqual({ type: 'TransactionLog', transactionalId: 'pay' });
    const ongoing = versioned(transactionLogValue, 1, {
      producerId: 7,
      transactionStatus: 1,
      transactionPartitions: [{ topic: 'orders', partitionIds: [0, 2] }],
      transactionStartTimestampMs: 1767225600000n,
    });
    expect(read('transaction-state', id, ongoing)).toMatchObject({
      producerId: 7,
      transactionStatus: 'Ongoing',
      transactionPartitions: [{ topic: 'orders', partitionIds: [0, 2] }],
      transactionStartTimestampMs: '2026-01-01T00:00:00.000Z',
    });
    const share = prefixed(0, golden.find(({ name }) => name === 'ShareSnapshotKey')!.bytes);
    const batches = [{ firstOffset: 1n, lastOffset: 4n, deliveryState: 4, deliveryCount: 2 }];
    const snapshot = versioned(shareSnapshotValue, 0, { startOffset: 1n, stateBatches: batches });
    expect(read('share-group-state', share, snapshot)).toMatchObject({
      stateBatches: [{ firstOffset: 1, deliveryState: 'archived' }],
    });
  });

  it('are refused where they are not such records', async () => {
    const offset = Buffer.from('0001000762696c6c696e6700066f726465727300000003', 'hex');
    expect(() => read('consumer-offsets', Buffer.from('007f', 'hex'), Buffer.alloc(9))).toThrow(
      'of kind 127',
    );
    expect(() => read('consumer-offsets', offset, Buffer.from('0063', 'hex'))).toThrow('in version 99');
    expect(() => read('consumer-offsets', offset, Buffer.from('000300', 'hex'))).toThrow('cut off');
    expect(() => read('consumer-offsets', offset, Buffer.alloc(0))).toThrow(SerdeError);
    expect(() => keyOf('consumer-offsets', Buffer.from('00017fff', 'hex'))).toThrow(SerdeError);
    expect(() =>
      serdes.serde('consumer-offsets').decode(Buffer.alloc(4), { part: 'value', key: null, headers: [] }),
    ).toThrow('Without its key');
    const target: WriteTarget = { topic: 't', part: 'key', schemaId: null, typeName: null };
    await expect(serdes.serde('consumer-offsets').encode('{}', target)).rejects.toThrow('cannot be typed');
  });
});

/** Bytes of org.apache.kafka.connect.mirror's own classes, 4.3.1. */
describe('what MirrorMaker 2 writes', () => {
  it.each<[Name, string, string, object, object]>([
    [
      'mm2-heartbeat',
      '0002757300026575',
      '00000000019b76daa87b',
      { sourceClusterAlias: 'us', targetClusterAlias: 'eu' },
      { timestamp: '2026-01-01T00:00:00.123Z' },
    ],
    [
      'mm2-checkpoint',
      '000762696c6c696e67000975732e6f726465727300000003',
      '0000000000000000002a000000000000002800046e6f7465',
      { group: 'billing', topic: 'us.orders', partition: 3 },
      { upstreamOffset: 42, offset: 40, metadata: 'note' },
    ],
    [
      'mm2-offset-sync',
      '00066f726465727300000002',
      '00000000000000090000000000000007',
      { topic: 'orders', partition: 2 },
      { upstreamOffset: 9, offset: 7 },
    ],
  ])('%s', (name, keyHex, valueHex, key, value) => {
    const bytes = Buffer.from(keyHex, 'hex');
    expect(keyOf(name, bytes)).toEqual(key);
    expect(read(name, bytes, Buffer.from(valueHex, 'hex'))).toEqual(value);
    expect(() => read(name, bytes, Buffer.from('0001', 'hex'))).toThrow(SerdeError);
  });
});

describe('what Connect keeps', () => {
  it.each<[Name, string, object]>([
    ['connect-config', 'connector-file-source', { type: 'connector', connector: 'file-source' }],
    ['connect-config', 'task-file-source-12', { type: 'task', connector: 'file-source', task: 12 }],
    ['connect-config', 'target-state-x', { type: 'target state', connector: 'x' }],
    ['connect-config', 'session-key', { type: 'session key' }],
    [
      'connect-offset',
      '["file",{"filename":"a.txt"}]',
      { connector: 'file', partition: { filename: 'a.txt' } },
    ],
    ['connect-status', 'status-task-file-source-0', { type: 'task', connector: 'file-source', task: 0 }],
    ['connect-status', 'status-connector-x', { type: 'connector', connector: 'x' }],
    ['connect-status', 'status-topic-t:connector-x', { type: 'topic', topic: 't', connector: 'x' }],
  ])('%s: %s', (name, key, said) => {
    expect(keyOf(name, Buffer.from(key))).toEqual(said);
    expect(read(name, Buffer.from(key), Buffer.from('{"state":"RUNNING"}'))).toEqual({ state: 'RUNNING' });
  });

  it('has no other keys', () => {
    for (const name of ['connect-config', 'connect-offset', 'connect-status'] as const) {
      expect(() => keyOf(name, Buffer.from('order-1'))).toThrow(SerdeError);
    }
  });
});
