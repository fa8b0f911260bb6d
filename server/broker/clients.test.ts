import { type Admin, ConfigResourceTypes, type Consumer, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OFFSETS_TOPIC, partitionOfGroup } from './groups/offsets-topic.ts';
import { type ServedCluster, serveCluster } from './testing/served-cluster.ts';
import '../client/kafkajs-runner.ts';

let served: ServedCluster;
let kafka: Kafka;
const consumers: Consumer[] = [];
beforeAll(async () => {
  served = await serveCluster();
  kafka = new Kafka({
    brokers: served.bootstrapServers(),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 30, retries: 12 },
  });
});
afterAll(async () => {
  await Promise.all(consumers.map((consumer) => consumer.disconnect()));
  await served.cluster.close();
});

async function withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function send(topic: string, count: number, from = 0): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  const messages = Array.from({ length: count }, (_, index) => ({
    key: `key-${from + index}`,
    value: `value-${from + index}`,
  }));
  await producer.send({ topic, messages });
  await producer.disconnect();
}

/** A consumer that notes what it reads and which partitions it has. */
async function consume(groupId: string, topic: string) {
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 6000,
    heartbeatInterval: 100,
    rebalanceTimeout: 6000,
    // kafkajs sends heartbeats between fetches only.
    maxWaitTimeInMs: 100,
  });
  consumers.push(consumer);
  const read: string[] = [];
  const state = { partitions: [] as number[] };
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    state.partitions = payload.memberAssignment[topic] ?? [];
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: async ({ message }) => {
      read.push(String(message.value));
    },
  });
  return { consumer, read, state };
}

test('a topic is created, described, grown, configured and deleted', async () => {
  await withAdmin(async (admin) => {
    await admin.createTopics({
      topics: [
        {
          topic: 'shelf',
          numPartitions: 2,
          replicationFactor: 3,
          configEntries: [{ name: 'retention.ms', value: '60000' }],
        },
      ],
    });
    await expect(admin.createTopics({ topics: [{ topic: 'shelf' }] })).resolves.toBe(false);
    await admin.createPartitions({ topicPartitions: [{ topic: 'shelf', count: 4 }] });
    const { topics } = await admin.fetchTopicMetadata({ topics: ['shelf'] });
    expect(topics[0]!.partitions).toHaveLength(4);
    for (const { replicas, isr } of topics[0]!.partitions)
      expect([...isr].sort()).toEqual([...replicas].sort());
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: 'shelf',
          configEntries: [{ name: 'cleanup.policy', value: 'compact' }],
        },
      ],
    });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [
        { type: ConfigResourceTypes.TOPIC, name: 'shelf', configNames: ['cleanup.policy', 'retention.ms'] },
      ],
    });
    // The old AlterConfigs unsets what it does not name.
    expect(
      resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]),
    ).toEqual([
      ['cleanup.policy', 'compact'],
      ['retention.ms', '604800000'],
    ]);
    await admin.deleteTopics({ topics: ['shelf'] });
    expect(await admin.listTopics()).not.toContain('shelf');
    const cluster = await admin.describeCluster();
    expect(cluster.brokers.map(({ nodeId }) => nodeId).sort()).toEqual([1, 2, 3]);
    expect(cluster.controller).toBe(served.cluster.controller.controllerId);
  });
});

test('two consumers share a group, one takes over when the other leaves, and lag is known', async () => {
  await withAdmin((admin) =>
    admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 4, replicationFactor: 3 }] }),
  );
  await send('orders', 40);
  const first = await consume('shop', 'orders');
  await expect.poll(() => first.read.length, { timeout: 10_000 }).toBe(40);
  expect(first.state.partitions).toEqual([0, 1, 2, 3]);

  const second = await consume('shop', 'orders');
  await expect
    .poll(() => [first.state.partitions.length, second.state.partitions.length], { timeout: 10_000 })
    .toEqual([2, 2]);
  expect([...first.state.partitions, ...second.state.partitions].sort()).toEqual([0, 1, 2, 3]);

  await withAdmin(async (admin) => {
    const { groups } = await admin.listGroups();
    expect(groups).toEqual([{ groupId: 'shop', protocolType: 'consumer' }]);
    const described = await admin.describeGroups(['shop']);
    expect(described.groups[0]).toMatchObject({
      state: 'Stable',
      protocolType: 'consumer',
      protocol: 'RoundRobinAssigner',
    });
    expect(described.groups[0]!.members.map(({ clientHost }) => clientHost)).toEqual([
      '/127.0.0.1',
      '/127.0.0.1',
    ]);
    await expect(admin.deleteGroups(['shop'])).rejects.toThrow();
  });

  await send('orders', 40, 40);
  await expect.poll(() => first.read.length + second.read.length, { timeout: 10_000 }).toBe(80);
  expect(new Set([...first.read, ...second.read]).size).toBe(80);

  await second.consumer.disconnect();
  await expect.poll(() => first.state.partitions.length, { timeout: 10_000 }).toBe(4);
  await first.consumer.disconnect();

  await withAdmin(async (admin) => {
    expect(await committedSum(admin, 'shop', 'orders')).toBe(80);
    await admin.setOffsets({ groupId: 'shop', topic: 'orders', partitions: [{ partition: 0, offset: '1' }] });
    const [topic] = await admin.fetchOffsets({ groupId: 'shop', topics: ['orders'] });
    expect(topic!.partitions.find(({ partition }) => partition === 0)!.offset).toBe('1');
    await admin.deleteGroups(['shop']);
    expect((await admin.listGroups()).groups).toEqual([]);
  });
}, 60_000);

test.each(['controlled', 'hard'] as const)(
  'a group lives on when its coordinator stops: %s',
  async (mode) => {
    const topic = `parcels-${mode}`;
    const groupId = `carriers-${mode}`;
    await withAdmin((admin) =>
      admin.createTopics({ topics: [{ topic, numPartitions: 3, replicationFactor: 3 }] }),
    );
    await send(topic, 30);
    const reader = await consume(groupId, topic);
    await withAdmin((admin) =>
      expect.poll(() => committedSum(admin, groupId, topic), { timeout: 10_000 }).toBe(30),
    );
    const timesRead = (value: string) => reader.read.filter((each) => each === value).length;
    const distinct = () => new Set(reader.read).size;

    const coordinator = coordinatorOf(groupId);
    await served.cluster.stopBroker(coordinator, mode);
    await expect.poll(() => coordinatorOf(groupId)).not.toBe(coordinator);
    await send(topic, 30, 30);
    await expect.poll(distinct, { timeout: 20_000 }).toBe(60);
    expect(timesRead('value-0')).toBe(1); // The committed offsets came along.

    await served.cluster.startBroker(coordinator);
    await send(topic, 30, 60);
    await expect.poll(distinct, { timeout: 20_000 }).toBe(90);
    await reader.consumer.disconnect();
    await withAdmin((admin) =>
      expect.poll(() => committedSum(admin, groupId, topic), { timeout: 10_000 }).toBe(90),
    );
  },
  60_000,
);

async function committedSum(admin: Admin, groupId: string, topic: string): Promise<number> {
  const [fetched] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return fetched!.partitions.reduce((sum, { offset }) => sum + Number(offset), 0);
}

/** Who coordinates a group, as the cluster's metadata says; -1 while nobody does. */
function coordinatorOf(groupId: string): number {
  const { partitions } = served.cluster.image.topic(OFFSETS_TOPIC)!;
  return partitions[partitionOfGroup(groupId, partitions.length)]!.leader;
}
