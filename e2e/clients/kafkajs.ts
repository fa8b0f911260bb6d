/** kafkajs in the scenarios of scenarios.test.ts. It has the classic group protocol only, and neither lz4 nor zstd by itself. */
import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Admin, type Consumer } from 'kafkajs';

// A CommonJS module, some of whose names Node.js does not see.
const { CompressionTypes, ConfigResourceTypes, Kafka, logLevel } = kafkajs;
const PATIENCE_MS = 60_000;
const [scenario, bootstrap, topic = ''] = process.argv.slice(2);
const kafka = new Kafka({ brokers: bootstrap!.split(','), logLevel: logLevel.NOTHING });
const group = `${topic}-group`;

async function withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

function create(name: string, numPartitions: number): Promise<boolean> {
  const topics = [{ topic: name, numPartitions, replicationFactor: 3 }];
  return withAdmin((admin) => admin.createTopics({ waitForLeaders: true, topics }));
}

/** What is read once it is as wanted, or last: changes reach brokers a moment later. */
async function eventually<T>(read: () => Promise<T> | T, wanted: T, patienceMs = 5000): Promise<T> {
  const until = Date.now() + patienceMs;
  let value = await read();
  while (value !== wanted && Date.now() < until) {
    await delay(100);
    value = await read();
  }
  return value;
}

async function produceConsume() {
  await create(topic, 3);
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  for (let number = 0; number < 300; number += 60) {
    const messages = Array.from({ length: 60 }, (_, index) => ({
      key: `k${(number + index) % 20}`,
      value: `v${number + index}`,
      headers: { n: `${number + index}` },
    }));
    const compression = number % 120 === 0 ? CompressionTypes.None : CompressionTypes.GZIP;
    await producer.send({ topic, acks: -1, compression, messages });
  }
  await producer.disconnect();

  const distinct = new Set<string>();
  const partitionOf = new Map<string, number>();
  const lastOf = new Map<string, number>();
  const rightly = { keysStay: true, orderKept: true, headersKept: true };
  let consumed = 0;
  const consumer = kafka.consumer({ groupId: group });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: async ({ partition, message }) => {
      const key = message.key!.toString();
      const value = message.value!.toString();
      const number = Number(value.slice(1));
      consumed += 1;
      distinct.add(value);
      if ((partitionOf.get(key) ?? partition) !== partition) rightly.keysStay = false;
      if ((lastOf.get(key) ?? -1) >= number) rightly.orderKept = false;
      if (message.headers?.n?.toString() !== `${number}`) rightly.headersKept = false;
      partitionOf.set(key, partition);
      lastOf.set(key, number);
    },
  });
  await eventually(() => consumed, 300, PATIENCE_MS);
  await consumer.disconnect();
  const [told] = await withAdmin((admin) => admin.fetchOffsets({ groupId: group, topics: [topic] }));
  const committed = told!.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  return { consumed, distinct: distinct.size, ...rightly, committed };
}

async function rebalance() {
  await create(topic, 4);
  const counts = new Map<Consumer, number>();
  const join = async () => {
    const consumer = kafka.consumer({ groupId: group, heartbeatInterval: 300 });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      counts.set(consumer, payload.memberAssignment[topic]?.length ?? 0);
    });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ eachMessage: async () => {} });
    return consumer;
  };
  const held = () => [...counts.values()].join();
  const first = await join();
  await eventually(held, '4', PATIENCE_MS);
  const alone = counts.get(first);
  const second = await join();
  await eventually(held, '2,2', PATIENCE_MS);
  const together = [...counts.values()];
  await second.disconnect();
  counts.delete(second);
  await eventually(held, '4', PATIENCE_MS);
  const left = counts.get(first);
  await first.disconnect();
  return { alone, together, left };
}

async function admin() {
  await create(topic, 2);
  const producer = kafka.producer();
  await producer.connect();
  const messages = Array.from({ length: 10 }, (_, n) => ({ key: 'k', value: `v${n}`, partition: 0 }));
  await producer.send({ topic, messages });
  await producer.disconnect();
  return withAdmin(async (client) => {
    const partitions = async () =>
      (await client.fetchTopicMetadata({ topics: [topic] })).topics[0]!.partitions.length;
    const isListed = async () => (await client.listTopics()).includes(topic);
    const resource = { type: ConfigResourceTypes.TOPIC, name: topic };
    const retention = async () => {
      const { resources } = await client.describeConfigs({
        includeSynonyms: false,
        resources: [{ ...resource, configNames: ['retention.ms'] }],
      });
      return resources[0]!.configEntries[0]!.configValue;
    };
    const before = await partitions();
    await client.createPartitions({ topicPartitions: [{ topic, count: 6 }] });
    const after = await eventually(partitions, 6);
    await client.alterConfigs({
      validateOnly: false,
      resources: [{ ...resource, configEntries: [{ name: 'retention.ms', value: '60000' }] }],
    });
    const read = await eventually(retention, '60000');
    await client.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '5' }] });
    const lowWatermark = async () => {
      const offsets = await client.fetchTopicOffsets(topic);
      return Number(offsets.find(({ partition }) => partition === 0)!.low);
    };
    const low = await eventually(lowWatermark, 5);
    const listed = await isListed();
    await client.deleteTopics({ topics: [topic] });
    const gone = await eventually(async () => !(await isListed()), true);
    return { before, after, retention: read, lowWatermark: low, listed, gone };
  });
}

/** What a consumer of this kind is given of partition 0. */
async function countAll(name: string, readUncommitted: boolean): Promise<number> {
  const [offsets] = await withAdmin((client) => client.fetchTopicOffsets(name));
  const consumer = kafka.consumer({ groupId: `${name}-${readUncommitted}`, readUncommitted });
  let count = 0;
  let at = 0;
  await consumer.connect();
  await consumer.subscribe({ topic: name, fromBeginning: true });
  await consumer.run({
    eachBatchAutoResolve: true,
    eachBatch: async ({ batch }) => {
      count += batch.messages.length;
      at = Math.max(at, Number(batch.lastOffset()) + 1);
    },
  });
  // kafkajs hands out no batch for control records, so the end is where nothing has come for a while.
  let before = -1;
  await eventually(
    async () => {
      const isEnd = count === before && (count > 0 || at >= Number(offsets!.high));
      before = count;
      await delay(1000);
      return isEnd;
    },
    true,
    PATIENCE_MS,
  );
  await consumer.disconnect();
  return count;
}

async function transactions() {
  await create(topic, 1);
  await create(`${topic}-out`, 1);
  const settings = { transactionalId: `${topic}-id`, idempotent: true, maxInFlightRequests: 1 };
  const producer = kafka.producer(settings);
  await producer.connect();
  const ten = (key: string) => Array.from({ length: 10 }, (_, n) => ({ key, value: `${key}${n}` }));
  const committing = await producer.transaction();
  await committing.send({ topic, messages: ten('c') });
  await committing.commit();
  const aborting = await producer.transaction();
  await aborting.send({ topic, messages: ten('a') });
  await aborting.abort();

  const passingOn = await producer.transaction();
  await passingOn.send({ topic: `${topic}-out`, messages: ten('c') });
  await passingOn.sendOffsets({
    consumerGroupId: group,
    topics: [{ topic, partitions: [{ partition: 0, offset: '10' }] }],
  });
  await passingOn.commit();
  const [told] = await withAdmin((client) => client.fetchOffsets({ groupId: group, topics: [topic] }));

  const late = await producer.transaction();
  const rival = kafka.producer(settings);
  await rival.connect();
  await (await rival.transaction()).abort();
  const fenced = await late.send({ topic, messages: ten('f') }).then(
    () => false,
    (error: { type?: string }) => /FENCED|INVALID_PRODUCER_EPOCH/.test(error.type ?? ''),
  );
  await Promise.all([producer.disconnect(), rival.disconnect()]);
  return {
    committed: await countAll(topic, false),
    uncommitted: await countAll(topic, true),
    passedOn: await countAll(`${topic}-out`, false),
    offset: Number(told!.partitions[0]!.offset),
    fenced,
  };
}

const scenarios: Record<string, () => Promise<object>> = {
  'produce-consume': produceConsume,
  rebalance,
  transactions,
  admin,
};
console.log(JSON.stringify(await scenarios[scenario!]!()));
process.exit(0);
