import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { produceBody, produced } from '../../lib/contract/messages.ts';
import { ERROR } from '../protocol/errors.ts';
import { decodeRecords } from '../protocol/records/record-batch.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { produceMessage } from './produce-message.ts';
import { FakeLogs } from './testing/fake-logs.ts';

let fake: FakeLogs;
let console: Console;

beforeEach(async () => {
  fake = new FakeLogs(3);
  await fake.cluster.start();
  console = connectedTo(fake.cluster.bootstrapServers);
  await console.snapshots.current();
});

afterEach(async () => {
  await console.close();
  await fake.cluster.stop();
});

const produce = async (body: unknown, topic = fake.topic) =>
  produced.parse(await produceMessage(console, topic, produceBody.parse(body)));
const failed = (body: unknown, topic?: string) =>
  produce(body, topic).then(
    () => undefined,
    (error: unknown) => error,
  );
const written = (partition: number) =>
  fake.logs[partition]!.batches.flatMap(({ bytes }) => decodeRecords(bytes));

describe('produceMessage', () => {
  it('writes what was asked for and says where it lies', async () => {
    await produce({ partition: 1, value: { data: 'before' } });
    const answer = await produce({
      partition: 1,
      key: { data: 'k' },
      headers: [{ key: 'h', value: null }],
      timestamp: '2026-01-01T00:00:00.000Z',
    });
    expect(answer).toEqual({ partition: 1, offset: 1, timestamp: '2026-01-01T00:00:00.000Z' });
    expect(written(1)[1]).toMatchObject({
      key: Buffer.from('k'),
      value: null,
      headers: [{ key: 'h', value: null }],
      timestamp: Date.UTC(2026, 0, 1),
    });
  });

  it('writes what serdes make of a text, and says what they cannot write', async () => {
    await produce({
      partition: 1,
      key: { serde: 'long', data: '7' },
      value: { serde: 'cbor', data: '{"a":1}' },
    });
    expect(written(1)[0]).toMatchObject({
      key: Buffer.from('0000000000000007', 'hex'),
      value: Buffer.from('a1616101', 'hex'),
    });
    const refused = await failed({ key: { serde: 'long', data: 'x' } });
    expect(refused).toMatchObject({
      code: 'invalid_request',
      fields: [{ field: 'key.data', message: 'This is not a whole number' }],
    });
  });

  it('sends the same key to the same partition', async () => {
    const partitions = new Set<number>();
    for (let i = 0; i < 5; i++) partitions.add((await produce({ key: { data: 'same' } })).partition);
    expect(partitions.size).toBe(1);
  });

  it('finds a leader that has moved', async () => {
    fake.partition(0).leader = 2;
    expect(await produce({ partition: 0, value: { data: 'x' } })).toMatchObject({ partition: 0, offset: 0 });
    expect(written(0)).toHaveLength(1);
  });

  it('finds the next leader of a broker that has died', async () => {
    await fake.cluster.kill(1);
    expect(await produce({ partition: 0, value: { data: 'x' } })).toMatchObject({ partition: 0, offset: 0 });
  });

  it('does not send twice what may have been written, and says so', async () => {
    fake.breakOnProduce = true;
    const failure = await failed({ partition: 0, value: { data: 'x' } });
    expect(failure).toMatchObject({
      code: 'broker_unreachable',
      message: expect.stringContaining('not known'),
    });
    const asked = fake.cluster.broker(1).asked.filter((name) => name === 'Produce');
    expect(asked).toHaveLength(1);
  });

  it.each([
    [ERROR.MESSAGE_TOO_LARGE, undefined, 'refused_by_kafka', 'value', /larger than the topic accepts/],
    [ERROR.INVALID_TIMESTAMP, undefined, 'refused_by_kafka', 'timestamp', /timestamp/],
    [
      ERROR.INVALID_RECORD,
      'Compacted topic cannot accept message without key in topic partition orders-0.',
      'refused_by_kafka',
      'key',
      /without a key/,
    ],
    [ERROR.NOT_ENOUGH_REPLICAS, undefined, 'refused_by_kafka', undefined, /nothing was written/],
    [ERROR.NOT_ENOUGH_REPLICAS_AFTER_APPEND, undefined, 'refused_by_kafka', undefined, /was written/],
    [ERROR.REQUEST_TIMED_OUT, undefined, 'broker_timeout', undefined, /not known/],
    [ERROR.POLICY_VIOLATION, 'Only on Mondays', 'refused_by_kafka', undefined, /Only on Mondays/],
  ])('tells error %i clearly', async (errorCode, message, code, field, detail) => {
    fake.refuse = { errorCode, ...(message ? { message } : {}) };
    const failure = await failed({ partition: 0, value: { data: 'x' } });
    expect(failure).toMatchObject({
      code,
      message: expect.stringMatching(detail),
      kafkaError: { code: errorCode },
    });
    expect((failure as { fields?: { field: string }[] }).fields?.[0]?.field).toBe(field);
  });

  it('refuses a partition and a topic that are not there', async () => {
    expect(await failed({ partition: 3 })).toMatchObject({
      code: 'not_found',
      fields: [{ field: 'partition' }],
      message: expect.stringContaining('partitions 0 to 2'),
    });
    expect(await failed({}, 'nowhere')).toMatchObject({ code: 'not_found' });
  });
});
