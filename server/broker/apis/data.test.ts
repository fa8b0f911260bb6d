import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { deleteRecordsApi } from '../../protocol/messages/delete-records.ts';
import { fetchApi } from '../../protocol/messages/fetch.ts';
import { initProducerIdApi } from '../../protocol/messages/init-producer-id.ts';
import { listOffsetsApi } from '../../protocol/messages/list-offsets.ts';
import { offsetForLeaderEpochApi } from '../../protocol/messages/offset-for-leader-epoch.ts';
import { produceApi } from '../../protocol/messages/produce.ts';
import { batchOf, recordsIn, type TestBatch } from '../testing/batches.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';

let served: ServedCluster;
let client: RawClient;
let follower: RawClient;
let topic: string;
let topicId: string;
let count = 0;

beforeAll(async () => {
  served = await serveCluster();
  const [first, second] = served.bootstrapServers();
  client = await RawClient.connect(first!);
  follower = await RawClient.connect(second!);
});
afterAll(async () => {
  client.close();
  follower.close();
  await served.cluster.close();
});
beforeEach(() => {
  topic = `topic-${count++}`;
  topicId = createTopic(topic);
});

/** One partition on all brokers, led by the first. */
function createTopic(name: string, configs: Record<string, string> = {}): string {
  const outcome = served.cluster.controller.createTopic({
    name,
    partitionCount: -1,
    replicationFactor: -1,
    assignment: new Map([[0, [1, 2, 3]]]),
    configs: new Map(Object.entries(configs)),
  });
  expect(outcome.errorCode).toBe(0);
  return outcome.topic!.id;
}

async function produce(
  batch: TestBatch | Buffer | null,
  { acks = -1, version = 12, to = client, name = topic, id = topicId, timeoutMs = 5000 } = {},
) {
  const records = batch === null || Buffer.isBuffer(batch) ? batch : batchOf(batch);
  const { responses, nodeEndpoints } = await to.send(produceApi, version, {
    transactionalId: null,
    acks,
    timeoutMs,
    topicData: [{ ...(version >= 13 ? { topicId: id } : { name }), partitionData: [{ index: 0, records }] }],
  });
  return { ...responses[0]!.partitionResponses[0]!, nodeEndpoints };
}

interface FetchOptions {
  offset?: number;
  version?: number;
  minBytes?: number;
  maxBytes?: number;
  partitionMaxBytes?: number;
  maxWaitMs?: number;
  leaderEpoch?: number;
  lastFetchedEpoch?: number;
  to?: RawClient;
  id?: string;
  isolationLevel?: number;
}

async function fetch(options: FetchOptions = {}) {
  const version = options.version ?? 17;
  const { responses } = await (options.to ?? client).send(fetchApi, version, {
    maxWaitMs: options.maxWaitMs ?? 0,
    minBytes: options.minBytes ?? 1,
    maxBytes: options.maxBytes ?? 1 << 20,
    isolationLevel: options.isolationLevel ?? 0,
    topics: [
      {
        ...(version >= 13 ? { topicId: options.id ?? topicId } : { topic }),
        partitions: [
          {
            partition: 0,
            fetchOffset: BigInt(options.offset ?? 0),
            partitionMaxBytes: options.partitionMaxBytes ?? 1 << 20,
            ...(version >= 9 && { currentLeaderEpoch: options.leaderEpoch ?? -1 }),
            ...(version >= 12 && { lastFetchedEpoch: options.lastFetchedEpoch ?? -1 }),
          },
        ],
      },
    ],
  });
  return responses[0]!.partitions[0]!;
}

function valuesOf({ records }: { records: Buffer | null }): string[] {
  return recordsIn([records ?? Buffer.alloc(0)]);
}

async function listOffset(timestamp: number, { version = 11, to = client, isolationLevel = 0 } = {}) {
  const { topics } = await to.send(listOffsetsApi, version, {
    replicaId: -1,
    ...(version >= 2 && { isolationLevel }),
    topics: [{ name: topic, partitions: [{ partitionIndex: 0, timestamp: BigInt(timestamp) }] }],
  });
  const { errorCode, offset, timestamp: found } = topics[0]!.partitions[0]!;
  return { errorCode, offset: Number(offset), timestamp: Number(found) };
}

describe('Produce', () => {
  test.each([3, 7, 9, 12, 13])('v%i appends and tells the offset', async (version) => {
    expect(await produce({ values: ['a', 'b'] }, { version })).toMatchObject({
      errorCode: 0,
      baseOffset: 0n,
    });
    expect(await produce({ values: ['c'] }, { version })).toMatchObject({ errorCode: 0, baseOffset: 2n });
    expect(valuesOf(await fetch())).toEqual(['0:a', '1:b', '2:c']);
  });

  test('sends on who asks another broker than the leader', async () => {
    const answer = await produce({ values: ['a'] }, { to: follower });
    expect(answer.errorCode).toBe(ERROR.NOT_LEADER_OR_FOLLOWER);
    expect(answer.currentLeader).toEqual({ leaderId: 1, leaderEpoch: 0 });
    expect(answer.nodeEndpoints.map(({ nodeId }) => nodeId)).toEqual([1]);
  });

  test('knows neither a topic nor an id that is not there', async () => {
    const unknown = await produce({ values: ['a'] }, { name: 'none' });
    expect(unknown.errorCode).toBe(ERROR.UNKNOWN_TOPIC_OR_PARTITION);
    const unknownId = await produce({ values: ['a'] }, { version: 13, id: 'AAAAAAAAAAAAAAAAAAAAAQ' });
    expect(unknownId.errorCode).toBe(ERROR.UNKNOWN_TOPIC_ID);
  });

  test.each<[string, () => Buffer | null, number]>([
    ['nothing', () => null, ERROR.INVALID_RECORD],
    [
      'two batches',
      () => Buffer.concat([batchOf({ values: ['a'] }), batchOf({ values: ['b'] })]),
      ERROR.INVALID_RECORD,
    ],
    ['half a batch', () => batchOf({ values: ['a'] }).subarray(0, 40), ERROR.CORRUPT_MESSAGE],
    ['a few bytes', () => Buffer.from('garbage'), ERROR.CORRUPT_MESSAGE],
    ['garbage', () => Buffer.alloc(300, 0xab), ERROR.CORRUPT_MESSAGE],
    ['an offset', () => batchOf({ values: ['a'], baseOffset: 5 }), ERROR.INVALID_RECORD],
  ])('refuses %s and goes on serving', async (_, records, errorCode) => {
    expect((await produce(records())).errorCode).toBe(errorCode);
    expect((await produce({ values: ['ok'] })).errorCode).toBe(0);
    expect(valuesOf(await fetch())).toEqual(['0:ok']);
  });

  test('refuses zstd in versions that do not know it, and numbers of acks that do not exist', async () => {
    const zstd = { values: ['a'], compression: 'zstd' } as const;
    expect((await produce(zstd, { version: 6 })).errorCode).toBe(ERROR.UNSUPPORTED_COMPRESSION_TYPE);
    expect((await produce(zstd, { version: 7 })).errorCode).toBe(0);
    expect((await produce({ values: ['a'] }, { acks: 2 })).errorCode).toBe(ERROR.INVALID_REQUIRED_ACKS);
  });

  test('names the records that a compacted topic can not take', async () => {
    topicId = createTopic(`${topic}-c`, { 'cleanup.policy': 'compact' });
    const answer = await produce({ values: ['a', 'b'], key: null }, { name: `${topic}-c` });
    expect(answer.errorCode).toBe(ERROR.INVALID_RECORD);
    expect(answer.recordErrors.map(({ batchIndex }) => batchIndex)).toEqual([0, 1]);
    expect(answer.errorMessage).toContain('2 record errors in total');
  });

  test('with acks=0 hangs up when something is wrong', async () => {
    const other = await RawClient.connect(served.bootstrapServers()[0]!);
    await expect(produce({ values: ['a'] }, { acks: 0, name: 'none', to: other })).rejects.toThrow('hung up');
  });

  test('times out when not all in-sync replicas answer, and may be sent again', async () => {
    const { cluster } = served;
    await cluster.stopBroker(3, 'hard');
    const batch = { values: ['a'], producerId: 77n, producerEpoch: 0, baseSequence: 0 };
    const late = await produce(batch, { timeoutMs: 20 });
    expect(late.errorCode).toBe(ERROR.REQUEST_TIMED_OUT);
    expect(await produce(batch)).toMatchObject({ errorCode: 0, baseOffset: 0n });
    await cluster.startBroker(3);
  });
});

describe('Fetch', () => {
  test.each([4, 11, 12, 13, 18])('v%i reads what was produced', async (version) => {
    await produce({ values: ['a', 'b'] });
    const answer = await fetch({ version });
    expect(answer).toMatchObject({ errorCode: 0, highWatermark: 2n, lastStableOffset: 2n });
    expect(valuesOf(answer)).toEqual(['0:a', '1:b']);
    expect(valuesOf(await fetch({ version, offset: 2 }))).toEqual([]);
  });

  test('waits for data, and no longer than it is told', async () => {
    const start = performance.now();
    const waiting = fetch({ maxWaitMs: 5000, to: client });
    const other = await RawClient.connect(served.bootstrapServers()[0]!);
    await produce({ values: ['late'] }, { to: other });
    expect(valuesOf(await waiting)).toEqual(['0:late']);
    expect(performance.now() - start).toBeLessThan(4000);
    const empty = performance.now();
    expect(valuesOf(await fetch({ offset: 1, maxWaitMs: 80 }))).toEqual([]);
    expect(performance.now() - empty).toBeGreaterThan(70);
    other.close();
  });

  test('waits for as many bytes as it is told', async () => {
    const other = await RawClient.connect(served.bootstrapServers()[0]!);
    const waiting = fetch({ maxWaitMs: 5000, minBytes: 500 });
    await produce({ values: ['a'] }, { to: other });
    await produce({ values: ['x'.repeat(600)] }, { to: other });
    expect(valuesOf(await waiting)).toHaveLength(2);
    other.close();
  });

  test('ends a wait when the leader changes', async () => {
    const old = await RawClient.connect(served.bootstrapServers()[0]!);
    const waiting = fetch({ maxWaitMs: 10_000, leaderEpoch: 0 });
    const waitingToo = fetch({ maxWaitMs: 10_000, version: 10, to: old });
    served.cluster.controller.alterReassignments([{ topic, partition: 0, replicas: [2, 3, 1] }]);
    served.cluster.controller.electLeaders('preferred', [{ topic, partition: 0 }]);
    const answer = await waiting;
    expect(answer.errorCode).toBe(ERROR.FENCED_LEADER_EPOCH);
    expect(answer.currentLeader.leaderId).toBe(2);
    expect((await waitingToo).errorCode).toBe(ERROR.NOT_LEADER_OR_FOLLOWER);
    old.close();
  });

  test('is served by followers since v11, up to the high watermark', async () => {
    await produce({ values: ['a'] });
    expect((await fetch({ version: 10, to: follower })).errorCode).toBe(ERROR.NOT_LEADER_OR_FOLLOWER);
    const answer = await fetch({ version: 11, to: follower, maxWaitMs: 1000 });
    expect(valuesOf(answer)).toEqual(['0:a']);
  });

  test('keeps to its limits, but gives the first batch whole', async () => {
    for (const value of ['a', 'b', 'c']) await produce({ values: [value.repeat(1000)] });
    expect(valuesOf(await fetch({ partitionMaxBytes: 10 }))).toHaveLength(1);
    expect(valuesOf(await fetch({ partitionMaxBytes: 2500 }))).toHaveLength(2);
    expect(valuesOf(await fetch({ maxBytes: 2500 }))).toHaveLength(2);
  });

  test('shares its limit among partitions, only the first may go beyond', async () => {
    const second = `${topic}-2`;
    const secondId = createTopic(second);
    await produce({ values: ['a'.repeat(1000)] });
    await produce({ values: ['b'.repeat(1000)] }, { name: second });
    const partitions = [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1 << 20 }];
    const { responses } = await client.send(fetchApi, 17, {
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 100,
      topics: [
        { topicId, partitions },
        { topicId: secondId, partitions },
      ],
    });
    expect(responses.map(({ partitions: [partition] }) => valuesOf(partition!).length)).toEqual([1, 0]);
  });

  test('refuses offsets outside the log and epochs that are not now', async () => {
    await produce({ values: ['a'] });
    expect((await fetch({ offset: 2 })).errorCode).toBe(ERROR.OFFSET_OUT_OF_RANGE);
    expect((await fetch({ offset: -1 })).errorCode).toBe(ERROR.OFFSET_OUT_OF_RANGE);
    expect((await fetch({ leaderEpoch: 3 })).errorCode).toBe(ERROR.UNKNOWN_LEADER_EPOCH);
    served.cluster.controller.alterReassignments([{ topic, partition: 0, replicas: [2, 1, 3] }]);
    served.cluster.controller.electLeaders('preferred', [{ topic, partition: 0 }]);
    expect((await fetch({ leaderEpoch: 0 })).errorCode).toBe(ERROR.FENCED_LEADER_EPOCH);
    expect((await fetch({ leaderEpoch: 1, to: follower })).errorCode).toBe(0);
  });

  test('tells a reader with records of another history where it parts', async () => {
    await produce({ values: ['a'] });
    served.cluster.controller.alterReassignments([{ topic, partition: 0, replicas: [2, 1, 3] }]);
    served.cluster.controller.electLeaders('preferred', [{ topic, partition: 0 }]);
    await produce({ values: ['b'] }, { to: follower });
    const answer = await fetch({ offset: 2, lastFetchedEpoch: 0, to: follower });
    expect(answer.divergingEpoch).toEqual({ epoch: 0, endOffset: 1n });
  });

  test('knows neither an unknown id nor a session', async () => {
    expect((await fetch({ id: 'AAAAAAAAAAAAAAAAAAAAAQ' })).errorCode).toBe(ERROR.UNKNOWN_TOPIC_ID);
    const answer = await client.send(fetchApi, 12, {
      maxWaitMs: 0,
      minBytes: 0,
      sessionId: 9,
      sessionEpoch: 4,
      topics: [],
    });
    expect(answer.errorCode).toBe(ERROR.FETCH_SESSION_ID_NOT_FOUND);
  });
});

describe('ListOffsets', () => {
  test('finds the ends, a time and the highest time', async () => {
    const now = Date.now();
    for (const age of [3000, 1000, 2000]) await produce({ values: ['x'], timestamp: now - age });
    expect(await listOffset(-2)).toMatchObject({ errorCode: 0, offset: 0 });
    expect(await listOffset(-1)).toMatchObject({ errorCode: 0, offset: 3 });
    expect(await listOffset(-4)).toMatchObject({ errorCode: 0, offset: 0 });
    expect(await listOffset(-5)).toMatchObject({ errorCode: 0, offset: -1 });
    expect(await listOffset(-3)).toMatchObject({ errorCode: 0, offset: 1, timestamp: now - 1000 });
    expect(await listOffset(now - 2500)).toMatchObject({ offset: 1, timestamp: now - 1000 });
    expect(await listOffset(now)).toMatchObject({ errorCode: 0, offset: -1, timestamp: -1 });
    expect(await listOffset(-1, { version: 1 })).toMatchObject({ errorCode: 0, offset: 3 });
  });

  test('refuses places that the version does not know, and other brokers than the leader', async () => {
    expect((await listOffset(-3, { version: 6 })).errorCode).toBe(ERROR.UNSUPPORTED_VERSION);
    expect((await listOffset(-1, { to: follower })).errorCode).toBe(ERROR.NOT_LEADER_OR_FOLLOWER);
  });
});

describe('DeleteRecords', () => {
  async function deleteBefore(offset: number, name = topic) {
    const { topics } = await client.send(deleteRecordsApi, 2, {
      topics: [{ name, partitions: [{ partitionIndex: 0, offset: BigInt(offset) }] }],
      timeoutMs: 1000,
    });
    const { errorCode, lowWatermark } = topics[0]!.partitions[0]!;
    return { errorCode, lowWatermark: Number(lowWatermark) };
  }

  test('moves the start, -1 to the end', async () => {
    for (const value of ['a', 'b', 'c']) await produce({ values: [value] });
    expect(await deleteBefore(2)).toEqual({ errorCode: 0, lowWatermark: 2 });
    expect((await fetch({ offset: 1 })).errorCode).toBe(ERROR.OFFSET_OUT_OF_RANGE);
    expect((await listOffset(-2)).offset).toBe(2);
    expect(await deleteBefore(-1)).toEqual({ errorCode: 0, lowWatermark: 3 });
    expect((await deleteBefore(7)).errorCode).toBe(ERROR.OFFSET_OUT_OF_RANGE);
  });

  test('is not for topics that are only compacted', async () => {
    createTopic(`${topic}-c`, { 'cleanup.policy': 'compact' });
    expect((await deleteBefore(0, `${topic}-c`)).errorCode).toBe(ERROR.POLICY_VIOLATION);
  });
});

test('InitProducerId gives every producer another id, over brokers too', async () => {
  const ids = new Set<bigint>();
  for (const to of [client, follower, client, follower]) {
    const answer = await to.send(initProducerIdApi, 4, { transactionalId: null, transactionTimeoutMs: 1000 });
    expect([answer.errorCode, answer.producerEpoch]).toEqual([0, 0]);
    ids.add(answer.producerId);
  }
  expect(ids.size).toBe(4);
});

test('OffsetForLeaderEpoch tells where an epoch ends', async () => {
  await produce({ values: ['a', 'b'] });
  served.cluster.controller.alterReassignments([{ topic, partition: 0, replicas: [2, 1, 3] }]);
  served.cluster.controller.electLeaders('preferred', [{ topic, partition: 0 }]);
  await produce({ values: ['c'] }, { to: follower });
  const ask = async (leaderEpoch: number) => {
    const { topics } = await follower.send(offsetForLeaderEpochApi, 4, {
      replicaId: -1,
      topics: [{ topic, partitions: [{ partition: 0, currentLeaderEpoch: 1, leaderEpoch }] }],
    });
    const { leaderEpoch: epoch, endOffset } = topics[0]!.partitions[0]!;
    return [epoch, Number(endOffset)];
  };
  expect(await ask(0)).toEqual([0, 2]);
  expect(await ask(1)).toEqual([1, 3]);
  expect(await ask(5)).toEqual([-1, -1]);
});
