import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { alterClientQuotasApi } from '../../protocol/messages/alter-client-quotas.ts';
import { createTopicsApi } from '../../protocol/messages/create-topics.ts';
import { describeClientQuotasApi } from '../../protocol/messages/describe-client-quotas.ts';
import { fetchApi } from '../../protocol/messages/fetch.ts';
import { metadataApi } from '../../protocol/messages/metadata.ts';
import { produceApi } from '../../protocol/messages/produce.ts';
import { batchOf } from '../testing/batches.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';

let served: ServedCluster;
let client: RawClient;
let topicId: string;

beforeEach(async () => {
  served = await serveCluster({
    'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector',
  });
  client = await RawClient.connect(served.bootstrapServers()[0]!);
  topicId = served.cluster.controller.createTopic({
    name: 'orders',
    partitionCount: -1,
    replicationFactor: -1,
    assignment: new Map([
      [0, [1, 2, 3]],
      [1, [1, 2, 3]],
    ]),
    configs: new Map(),
  }).topic!.id;
});
afterEach(async () => {
  client.close();
  await served.cluster.close();
});

async function produce(partition: number, value: string) {
  return client.send(produceApi, 12, {
    acks: -1,
    timeoutMs: 5000,
    topicData: [
      { name: 'orders', partitionData: [{ index: partition, records: batchOf({ values: [value] }) }] },
    ],
  });
}

interface Asked {
  readonly partition: number;
  readonly fetchOffset: number;
}

async function fetch(asked: readonly Asked[], session: { id: number; epoch: number }, rackId = '') {
  return client.send(fetchApi, 17, {
    maxWaitMs: 0,
    maxBytes: 1 << 20,
    sessionId: session.id,
    sessionEpoch: session.epoch,
    rackId,
    topics:
      asked.length === 0
        ? []
        : [{ topicId, partitions: asked.map((each) => ({ ...each, partitionMaxBytes: 1 << 20 })) }],
  });
}

async function setQuota(key: string, value: number | null, entity: [string, string | null]) {
  const [entityType, entityName] = entity;
  const { entries } = await client.send(alterClientQuotasApi, 1, {
    entries: [
      {
        entity: [{ entityType, entityName }],
        ops: [{ key, value: value ?? 0, remove: value === null }],
      },
    ],
  });
  return entries[0]!;
}

describe('fetch sessions over the wire', () => {
  test('name partitions once, and answer only what is new', async () => {
    await produce(0, 'a');
    const all = [0, 1].map((partition) => ({ partition, fetchOffset: 0 }));
    const first = await fetch(all, { id: 0, epoch: 0 });
    expect(first.sessionId).toBeGreaterThan(0);
    expect(first.responses[0]!.partitions).toHaveLength(2);

    const moved = await fetch([{ partition: 0, fetchOffset: 1 }], { id: first.sessionId, epoch: 1 });
    expect(moved).toMatchObject({ errorCode: 0, sessionId: first.sessionId, responses: [] });
    await produce(1, 'b');
    const second = await fetch([], { id: first.sessionId, epoch: 2 });
    expect(second.responses[0]!.partitions).toMatchObject([{ partitionIndex: 1, highWatermark: 1n }]);
    const repeated = await fetch([], { id: first.sessionId, epoch: 2 });
    expect(repeated.errorCode).toBe(ERROR.INVALID_FETCH_SESSION_EPOCH);
  });
});

test('a consumer is sent to a replica in its rack', async () => {
  await produce(0, 'a');
  const asked = [{ partition: 0, fetchOffset: 0 }];
  const none = { id: 0, epoch: -1 };
  const { responses } = await fetch(asked, none, 'rack-3');
  expect(responses[0]!.partitions[0]).toMatchObject({ errorCode: 0, preferredReadReplica: 3 });
  expect(responses[0]!.partitions[0]!.records).toHaveLength(0);
  for (const rack of ['rack-1', 'rack-9', '']) {
    const answer = await fetch(asked, none, rack);
    expect(answer.responses[0]!.partitions[0]!.preferredReadReplica).toBe(-1);
    expect(answer.responses[0]!.partitions[0]!.records!.length).toBeGreaterThan(0);
  }
});

describe('client quotas', () => {
  test('are set, described and taken away', async () => {
    expect(await setQuota('producer_byte_rate', 1024, ['client-id', 'raw'])).toMatchObject({ errorCode: 0 });
    expect(await setQuota('consumer_byte_rate', 2048, ['user', null])).toMatchObject({ errorCode: 0 });
    const described = await client.send(describeClientQuotasApi, 1, {
      components: [{ entityType: 'client-id', matchType: 2, match: null }],
      strict: false,
    });
    expect(described.entries).toEqual([
      {
        entity: [{ entityType: 'client-id', entityName: 'raw' }],
        values: [{ key: 'producer_byte_rate', value: 1024 }],
      },
    ]);
    await setQuota('producer_byte_rate', null, ['client-id', 'raw']);
    const left = await client.send(describeClientQuotasApi, 1, { components: [], strict: false });
    expect(left.entries).toHaveLength(1);
  });

  test('are refused with what is wrong', async () => {
    const message = async (key: string, value: number, entity: [string, string | null]) =>
      (await setQuota(key, value, entity)).errorMessage;
    expect(await message('speed', 1, ['user', 'a'])).toBe('Invalid configuration key speed');
    expect(await message('producer_byte_rate', 0, ['user', 'a'])).toBe(
      'Quota producer_byte_rate must be greater than 0',
    );
    expect(await message('producer_byte_rate', 1.5, ['user', 'a'])).toBe(
      'producer_byte_rate cannot be a fractional value.',
    );
    expect(await message('connection_creation_rate', 1, ['ip', '?'])).toBe(
      '? is not a valid IP or resolvable host.',
    );
    expect(await message('producer_byte_rate', 1, ['shoe', 'a'])).toBe(
      'Unhandled client quota entity type: shoe',
    );
  });

  test('throttle a producer: the answer says how long, and the next request waits as long', async () => {
    await setQuota('producer_byte_rate', 10_000, ['client-id', 'raw']);
    const answer = await produce(0, 'x'.repeat(102_000));
    expect(answer.responses[0]!.partitionResponses[0]!.errorCode).toBe(0);
    expect(answer.throttleTimeMs).toBeGreaterThan(100);
    expect(answer.throttleTimeMs).toBeLessThan(1000);
    const start = performance.now();
    await client.send(metadataApi, 12, { topics: [] });
    expect(performance.now() - start).toBeGreaterThan(answer.throttleTimeMs - 20);
  });

  test('throttle a consumer: it gets no data until it may', async () => {
    await produce(0, 'x'.repeat(90_000));
    await setQuota('consumer_byte_rate', 10_000, ['user', null]);
    const asked = [{ partition: 0, fetchOffset: 0 }];
    expect((await fetch(asked, { id: 0, epoch: -1 })).throttleTimeMs).toBe(0);
    const answer = await fetch(asked, { id: 0, epoch: -1 });
    expect(answer).toMatchObject({ errorCode: 0, responses: [] });
    expect(answer.throttleTimeMs).toBeGreaterThan(0);
  });

  test('refuse topics once the mutation quota is used up', async () => {
    await setQuota('controller_mutation_rate', 1, ['user', null]);
    const create = async (name: string, numPartitions: number) =>
      client.send(createTopicsApi, 7, {
        timeoutMs: 1000,
        topics: [{ name, numPartitions, replicationFactor: 1 }],
      });
    expect((await create('first', 12)).topics[0]!.errorCode).toBe(0);
    const refused = await create('second', 1);
    expect(refused.topics[0]).toMatchObject({
      errorCode: ERROR.THROTTLING_QUOTA_EXCEEDED,
      errorMessage: 'The throttling quota has been exceeded.',
    });
    expect(refused.throttleTimeMs).toBeGreaterThan(0);
    expect(served.cluster.image.topic('second')).toBeUndefined();
  });
});
