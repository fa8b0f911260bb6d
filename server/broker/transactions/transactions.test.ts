import { Kafka, logLevel, type Producer, type Transaction } from 'kafkajs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { decodeRecords } from '../../protocol/records/record-batch.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';
import '../../client/kafkajs-runner.ts';

let served: ServedCluster;
let kafka: Kafka;
const open: { disconnect(): Promise<void> }[] = [];

beforeAll(async () => {
  served = await serveCluster({ 'transaction.state.log.num.partitions': '5' });
  kafka = new Kafka({ brokers: served.bootstrapServers(), logLevel: logLevel.NOTHING });
});
afterAll(async () => {
  for (const client of open) await client.disconnect();
  await served.cluster.close();
});

async function transactional(transactionalId: string): Promise<Producer> {
  const producer = kafka.producer({ transactionalId, maxInFlightRequests: 1, idempotent: true });
  await producer.connect();
  open.push(producer);
  return producer;
}

function createTopic(name: string): void {
  served.cluster.controller.createTopic({
    name,
    partitionCount: 2,
    replicationFactor: 3,
    assignment: null,
    configs: new Map(),
  });
}

async function committed(topic: string, count: number): Promise<string[]> {
  const consumer = kafka.consumer({ groupId: `read-${topic}` });
  await consumer.connect();
  open.push(consumer);
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await new Promise<void>((resolve) => {
    void consumer.run({
      eachMessage: async ({ message }) => {
        values.push(String(message.value));
        if (values.length === count) resolve();
      },
    });
  });
  return values.sort();
}

test('kafkajs commits, aborts and sends offsets in transactions', async () => {
  createTopic('in');
  createTopic('out');
  const producer = await transactional('copier');
  const first = await producer.transaction();
  await first.send({ topic: 'out', messages: [{ value: 'a' }, { value: 'b' }] });
  await first.sendOffsets({
    consumerGroupId: 'copy',
    topics: [{ topic: 'in', partitions: [{ partition: 0, offset: '7' }] }],
  });
  await first.commit();
  const second = await producer.transaction();
  await second.send({ topic: 'out', messages: [{ value: 'lost' }] });
  await second.sendOffsets({
    consumerGroupId: 'copy',
    topics: [{ topic: 'in', partitions: [{ partition: 0, offset: '9' }] }],
  });
  await second.abort();
  const third = await producer.transaction();
  await third.send({ topic: 'out', messages: [{ value: 'c' }] });
  await third.commit();
  expect(await committed('out', 3)).toEqual(['a', 'b', 'c']);
  const admin = kafka.admin();
  await admin.connect();
  open.push(admin);
  const offsets = await admin.fetchOffsets({ groupId: 'copy', topics: ['in'] });
  expect(offsets[0]!.partitions[0]).toMatchObject({ partition: 0, offset: '7' });
});

/** What a reader of committed data gets from the leader. */
function readCommitted(topic: string, partition: number): string[] {
  const { cluster } = served;
  const leader = cluster.image.partition(topic, partition)!.leader;
  const replica = cluster.brokers.get(leader)!.partitions.get(topic, partition)!;
  const { records } = replica.read({ offset: 0, maxBytes: 1 << 20, isolation: 'read_committed' });
  return decodeRecords(Buffer.concat(records))
    .filter(({ batch }) => !batch.isControl)
    .map(({ value }) => String(value));
}

/** One by one: kafkajs loses a record when its partition moves to a broker that has answered in the same send. */
async function sendToBoth(transaction: Transaction): Promise<void> {
  for (const partition of [0, 1]) {
    await transaction.send({ topic: 'moving', messages: [{ value: `in ${partition}`, partition }] });
  }
}

test('a transaction outlives its coordinator and the leaders of its partitions', async () => {
  const { cluster } = served;
  createTopic('moving');
  const producer = await transactional('mover');
  const transaction = await producer.transaction();
  await sendToBoth(transaction);
  const leader = cluster.image.partition('moving', 0)!.leader;
  await cluster.stopBroker(leader, 'hard');
  await transaction.commit();
  await vi.waitFor(
    () => expect([0, 1].map((each) => readCommitted('moving', each))).toEqual([['in 0'], ['in 1']]),
    {
      timeout: 10_000,
    },
  );
  await cluster.startBroker(leader);
  const next = await producer.transaction();
  await sendToBoth(next);
  await next.abort();
  const home = cluster.brokers.get(leader)!;
  await vi.waitFor(() => expect(home.partitions.get('moving', 0)!.logEndOffset).toBe(4), { timeout: 10_000 });
  expect(readCommitted('moving', 0)).toEqual(['in 0', 'in 0']);
});
