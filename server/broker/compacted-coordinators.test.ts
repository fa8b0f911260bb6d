import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERROR } from '../protocol/errors.ts';
import { createTopicsApi } from '../protocol/messages/create-topics.ts';
import { findCoordinatorApi } from '../protocol/messages/find-coordinator.ts';
import { initProducerIdApi } from '../protocol/messages/init-producer-id.ts';
import { offsetCommitApi } from '../protocol/messages/offset-commit.ts';
import { offsetFetchApi } from '../protocol/messages/offset-fetch.ts';
import { encodeRecordBatch } from '../protocol/records/record-batch.ts';
import { RawClient } from './testing/raw-client.ts';
import { type ServedCluster, serveCluster } from './testing/served-cluster.ts';

/** Coordinators keep what they know in compacted topics, and read it again when another broker takes over. */
let served: ServedCluster;

beforeAll(async () => {
  served = await serveCluster({
    'offsets.topic.num.partitions': '1',
    'offsets.topic.segment.bytes': '1048576',
    'transaction.state.log.num.partitions': '1',
    'transaction.state.log.segment.bytes': '1048576',
    'log.cleaner.backoff.ms': '50',
    'log.cleaner.min.cleanable.ratio': '0.01',
  });
  const client = await anyClient();
  const topics = [{ name: 'orders', numPartitions: 3, replicationFactor: 3 }];
  await client.send(createTopicsApi, 5, { topics, timeoutMs: 1000 });
  client.close();
});
afterAll(() => served.cluster.close());

const anyClient = () => RawClient.connect(served.bootstrapServers()[0]!);

async function coordinator(key: string, keyType: number): Promise<RawClient> {
  for (;;) {
    const client = await anyClient();
    const { errorCode, host, port } = await client.send(findCoordinatorApi, 2, { key, keyType });
    client.close();
    if (errorCode === ERROR.NONE) return RawClient.connect(`${host}:${port}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Does it until the coordinator has loaded. */
async function whenLoaded<T extends { readonly errorCode: number }>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer.errorCode !== ERROR.COORDINATOR_LOAD_IN_PROGRESS && answer.errorCode !== ERROR.NOT_COORDINATOR)
      return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const compactedOn = (topic: string) =>
  [...served.cluster.brokers.values()].map(
    (broker) => broker.partitions.get(topic, 0)?.stored.cleanedTo ?? 0,
  );

/** Has the next records written into another segment, so that those before can be compacted. */
async function roll(topic: string): Promise<void> {
  const { leader } = served.cluster.image.partition(topic, 0)!;
  const replica = served.cluster.brokers.get(leader)!.partitions.get(topic, 0)!;
  // A record of a type that no coordinator knows, too large for two of them in a segment.
  const record = { key: Buffer.from([0x7f, 0]), value: Buffer.alloc(700_000) };
  for (let count = 0; count < 2; count++) {
    const batch = encodeRecordBatch({ records: [record] });
    await replica.appendAsLeader(batch, { acks: -1, timeoutMs: 5000, origin: 'coordinator' });
  }
}

async function moveLeader(topic: string): Promise<void> {
  const { leader } = served.cluster.image.partition(topic, 0)!;
  await served.cluster.stopBroker(leader, 'controlled');
  await served.cluster.startBroker(leader);
  expect(served.cluster.image.partition(topic, 0)!.leader).not.toBe(leader);
}

test('committed offsets outlive compaction', async () => {
  const commit = async (client: RawClient, groupId: string, offset: number) => {
    const partitions = [0, 1, 2].map((partitionIndex) => ({
      partitionIndex,
      committedOffset: BigInt(offset),
    }));
    const answer = await client.send(offsetCommitApi, 7, {
      groupId,
      topics: [{ name: 'orders', partitions }],
    });
    return { errorCode: answer.topics[0]!.partitions[0]!.errorCode };
  };
  const client = await coordinator('g0', 0);
  for (let round = 0; round < 60; round++) {
    for (const group of ['g0', 'g1']) {
      expect((await whenLoaded(() => commit(client, group, round))).errorCode).toBe(ERROR.NONE);
    }
    // Written once and never again: it must not be lost behind what compaction leaves of others.
    if (round < 5) await commit(client, `once-${round}`, 100 + round);
  }
  client.close();
  await roll('__consumer_offsets');
  await expect
    .poll(() => Math.min(...compactedOn('__consumer_offsets')), { timeout: 30_000 })
    .toBeGreaterThan(50);
  for (let move = 0; move < 2; move++) {
    await moveLeader('__consumer_offsets');
    const next = await coordinator('g0', 0);
    const fetched = async (groupId: string) => {
      const topics = [{ name: 'orders', partitionIndexes: [0, 1, 2] }];
      const answer = await whenLoaded(() => next.send(offsetFetchApi, 6, { groupId, topics }));
      return answer.topics[0]!.partitions.map(({ committedOffset }) => Number(committedOffset));
    };
    expect(await fetched('g0')).toEqual([59, 59, 59]);
    expect(await fetched('g1')).toEqual([59, 59, 59]);
    for (let round = 0; round < 5; round++) {
      expect(await fetched(`once-${round}`)).toEqual([100 + round, 100 + round, 100 + round]);
    }
    next.close();
  }
}, 120_000);

test('transactional ids outlive compaction', async () => {
  const init = async (client: RawClient, transactionalId: string) =>
    whenLoaded(() => client.send(initProducerIdApi, 2, { transactionalId, transactionTimeoutMs: 60_000 }));
  const client = await coordinator('t0', 1);
  const once = await init(client, 'once');
  expect(once.errorCode).toBe(ERROR.NONE);
  let last = once;
  for (let round = 0; round < 80; round++) last = await init(client, 't0');
  expect(last.errorCode).toBe(ERROR.NONE);
  client.close();
  await roll('__transaction_state');
  await expect
    .poll(() => Math.min(...compactedOn('__transaction_state')), { timeout: 30_000 })
    .toBeGreaterThan(20);
  await moveLeader('__transaction_state');
  const next = await coordinator('t0', 1);
  const again = await init(next, 't0');
  expect([again.producerId, again.producerEpoch]).toEqual([last.producerId, last.producerEpoch + 1]);
  expect((await init(next, 'once')).producerId).toBe(once.producerId);
  next.close();
}, 120_000);
