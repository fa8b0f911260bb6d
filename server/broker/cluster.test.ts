import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ERROR } from '../protocol/errors.ts';
import { Cluster, type ClusterOptions } from './cluster.ts';
import { createConfigRules } from './config/rules.ts';
import type { Partition } from './replica/partition.ts';
import { batchOf, recordsIn } from './testing/batches.ts';

const started: Cluster[] = [];

afterEach(async () => {
  for (const cluster of started.splice(0)) await cluster.close();
});

async function start(options: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const cluster = new Cluster({
    dataDir: null,
    brokers: [1, 2, 3].map((id) => ({ id, rack: `rack-${id}` })),
    sessionTimeoutMs: 30,
    brokerConfigs: { 'replica.lag.time.max.ms': '300' },
    configRules: createConfigRules(),
    ...options,
  });
  started.push(cluster);
  await cluster.start();
  return cluster;
}

/** A topic with partition 0 on brokers 1, 2 and 3, led by 1. */
function createTopic(
  cluster: Cluster,
  name = 'orders',
  replicas = [1, 2, 3],
  configs: Record<string, string> = {},
) {
  const outcome = cluster.controller.createTopic({
    name,
    partitionCount: -1,
    replicationFactor: -1,
    assignment: new Map([[0, replicas]]),
    configs: new Map(Object.entries(configs)),
  });
  expect(outcome.errorCode).toBe(0);
}

function replica(cluster: Cluster, broker: number, topic = 'orders'): Partition {
  return cluster.brokers.get(broker)!.partitions.get(topic, 0)!;
}

function image(cluster: Cluster, topic = 'orders') {
  return cluster.image.partition(topic, 0)!;
}

/** Sends to whoever leads, as a client does: again when the leader has changed. */
async function produce(cluster: Cluster, value: string, acks = -1, timeoutMs = 2000): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { leader } = image(cluster);
    if (leader >= 0 && cluster.brokers.get(leader)!.state === 'running') {
      const result = await replica(cluster, leader).appendAsLeader(batchOf({ values: [value] }), {
        acks,
        timeoutMs,
      });
      if (result.errorCode === 0) return result.baseOffset;
    }
    await until(() => true, 20);
  }
  throw new Error('nobody took the record');
}

function values(cluster: Cluster, broker: number, topic = 'orders'): string[] {
  const { records } = replica(cluster, broker, topic).read({
    offset: replica(cluster, broker, topic).logStartOffset,
    maxBytes: 1 << 20,
    isolation: 'read_uncommitted',
  });
  return recordsIn(records).map((record) => record.split(':')[1]!);
}

async function until(holds: () => boolean, atLeastMs = 0, atMostMs = 5000): Promise<void> {
  const start = performance.now();
  do await new Promise((resolve) => setTimeout(resolve, 5));
  while ((!holds() || performance.now() - start < atLeastMs) && performance.now() - start < atMostMs);
  expect(holds()).toBe(true);
}

function caughtUp(cluster: Cluster): boolean {
  const { leader, isr, replicas } = image(cluster);
  if (leader < 0 || isr.length !== replicas.length) return false;
  const end = replica(cluster, leader).logEndOffset;
  return replicas.every((id) => {
    const each = replica(cluster, id);
    return each.logEndOffset === end && each.highWatermark === end;
  });
}

describe('replication', () => {
  test('acks=all is given when all in-sync replicas have the record', async () => {
    const cluster = await start();
    createTopic(cluster);
    expect(await produce(cluster, 'a')).toBe(0);
    for (const id of [1, 2, 3]) expect(replica(cluster, id).logEndOffset).toBe(1);
    await until(() => caughtUp(cluster));
    expect(values(cluster, 1)).toEqual(['a']);
  });

  test('consumers see records only below the high watermark', async () => {
    const cluster = await start({
      brokerConfigs: { 'replica.lag.time.max.ms': '60000' },
      sessionTimeoutMs: 60_000,
    });
    createTopic(cluster);
    await cluster.stopBroker(3, 'hard');
    await produce(cluster, 'a', 1);
    await until(() => replica(cluster, 2).logEndOffset === 1, 30);
    expect(replica(cluster, 1).highWatermark).toBe(0);
    expect(values(cluster, 1)).toEqual([]);
  });

  test('a follower that stops answering leaves the ISR, and is back when it has caught up', async () => {
    const cluster = await start();
    createTopic(cluster);
    await cluster.stopBroker(3, 'hard');
    await produce(cluster, 'a');
    expect(image(cluster).isr).toEqual([1, 2]);
    expect(image(cluster).leader).toBe(1);
    await cluster.startBroker(3);
    await until(() => caughtUp(cluster));
    expect(image(cluster).isr).toHaveLength(3);
  });

  test('too few in-sync replicas refuse acks=all and hold back what acks=1 wrote', async () => {
    const cluster = await start();
    createTopic(cluster, 'orders', [1, 2, 3], { 'min.insync.replicas': '2' });
    await cluster.stopBroker(2, 'controlled');
    await cluster.stopBroker(3, 'controlled');
    const leader = replica(cluster, 1);
    const refused = await leader.appendAsLeader(batchOf({ values: ['x'] }), { acks: -1, timeoutMs: 100 });
    expect(refused.errorCode).toBe(ERROR.NOT_ENOUGH_REPLICAS);
    await produce(cluster, 'y', 1);
    expect([leader.logEndOffset, leader.highWatermark]).toEqual([1, 0]);
    await cluster.startBroker(2);
    await until(() => leader.highWatermark === 1);
  });
});

describe('a broker that stops', () => {
  test.each(['controlled', 'hard'] as const)(
    '%s: nothing acknowledged is lost, another leads',
    async (mode) => {
      const cluster = await start();
      createTopic(cluster);
      const sent: string[] = [];
      let stopping: Promise<void> | null = null;
      for (let count = 0; count < 60; count++) {
        if (count === 20) stopping = cluster.stopBroker(1, mode);
        await produce(cluster, `v${count}`);
        sent.push(`v${count}`);
      }
      await stopping;
      expect(image(cluster).leader).not.toBe(1);
      expect(image(cluster).leaderEpoch).toBeGreaterThan(0);
      const kept = values(cluster, image(cluster).leader);
      for (const value of sent) expect(kept).toContain(value);
      await cluster.startBroker(1);
      await until(() => caughtUp(cluster));
      expect(image(cluster).leader).not.toBe(1);
      const refused = replica(cluster, 1).read({ offset: 0, maxBytes: 100, isolation: 'read_uncommitted' });
      expect(refused.errorCode).toBe(ERROR.NOT_LEADER_OR_FOLLOWER);
      const [elected] = cluster.controller.electLeaders('preferred', [{ topic: 'orders', partition: 0 }]);
      expect(elected?.errorCode).toBe(0);
      expect(image(cluster).leader).toBe(1);
      await until(() => caughtUp(cluster));
      expect(values(cluster, 1)).toEqual(kept);
    },
  );

  test('controlled: what acks=1 wrote moves along', async () => {
    const cluster = await start();
    createTopic(cluster);
    for (let count = 0; count < 50; count++) {
      const result = await replica(cluster, 1).appendAsLeader(batchOf({ values: [`v${count}`] }), {
        acks: 1,
        timeoutMs: 0,
      });
      expect(result.errorCode).toBe(0);
    }
    await cluster.stopBroker(1, 'controlled');
    await until(() => replica(cluster, image(cluster).leader).highWatermark === 50);
  });

  test('the only in-sync replica: the partition goes offline and comes back with it', async () => {
    const cluster = await start();
    createTopic(cluster, 'single', [2]);
    const result = await replica(cluster, 2, 'single').appendAsLeader(batchOf({ values: ['a'] }), {
      acks: -1,
      timeoutMs: 100,
    });
    expect(result.errorCode).toBe(0);
    await cluster.stopBroker(2, 'hard');
    await until(() => image(cluster, 'single').leader === -1);
    expect(image(cluster, 'single')).toMatchObject({ isr: [], elr: [2], lastKnownElr: [2] });
    await cluster.startBroker(2);
    expect(image(cluster, 'single').leader).toBe(2);
    expect(values(cluster, 2, 'single')).toEqual(['a']);
  });

  test('the active controller: another broker takes over', async () => {
    const cluster = await start();
    const { controllerId, controllerEpoch } = cluster.controller;
    await cluster.stopBroker(controllerId, 'controlled');
    expect(cluster.controller.controllerId).not.toBe(controllerId);
    expect(cluster.controller.controllerEpoch).toBe(controllerEpoch + 1);
    await cluster.startBroker(controllerId);
    expect(cluster.controller.controllerId).not.toBe(controllerId);
  });

  test('its unreplicated records are cut off when it follows a new leader', async () => {
    const cluster = await start({ sessionTimeoutMs: 20 });
    createTopic(cluster);
    await produce(cluster, 'kept');
    await until(() => caughtUp(cluster));
    const old = replica(cluster, 1);
    const appended = old.appendAsLeader(batchOf({ values: ['lost'] }), { acks: 1, timeoutMs: 0 });
    const stopped = cluster.stopBroker(1, 'hard');
    expect((await appended).baseOffset).toBe(1);
    await stopped;
    await produce(cluster, 'instead');
    await cluster.startBroker(1);
    await until(() => caughtUp(cluster));
    const all = (id: number) =>
      recordsIn(replica(cluster, id).read({ offset: 0, maxBytes: 1 << 20, isolation: 'log_end' }).records);
    cluster.controller.electLeaders('preferred', null);
    await until(() => caughtUp(cluster));
    expect(all(1)).toEqual(['0:kept', '1:instead']);
  });

  test('with unclean election allowed an out-of-sync replica leads, and the ISR is that one', async () => {
    const cluster = await start();
    createTopic(cluster, 'orders', [1, 2]);
    await cluster.stopBroker(2, 'controlled');
    await produce(cluster, 'a');
    await cluster.stopBroker(1, 'controlled');
    await cluster.startBroker(2);
    expect(image(cluster).leader).toBe(-1);
    cluster.controller.alterConfigs('topic', 'orders', [
      { name: 'unclean.leader.election.enable', operation: 'set', value: 'true' },
    ]);
    expect(image(cluster)).toMatchObject({ leader: 2, isr: [2] });
    await cluster.startBroker(1);
    await until(() => caughtUp(cluster));
    expect(replica(cluster, 1).logEndOffset).toBe(0);
  });
});

describe('reassignment', () => {
  test('copies the data, then lets the old replica go', async () => {
    const cluster = await start();
    createTopic(cluster, 'orders', [1, 2]);
    for (let count = 0; count < 30; count++) await produce(cluster, `v${count}`);
    const [outcome] = cluster.controller.alterReassignments([
      { topic: 'orders', partition: 0, replicas: [3, 2] },
    ]);
    expect(outcome?.errorCode).toBe(0);
    expect(cluster.controller.listReassignments(null)).toEqual([
      { topic: 'orders', partition: 0, replicas: [3, 2, 1], addingReplicas: [3], removingReplicas: [1] },
    ]);
    await until(() => cluster.controller.listReassignments(null).length === 0);
    expect(image(cluster).replicas).toEqual([3, 2]);
    expect(replica(cluster, 1)).toBeUndefined();
    expect(cluster.brokers.get(1)!.store.files('orders-0')).toEqual([]);
    await until(() => caughtUp(cluster));
    expect(values(cluster, image(cluster).leader)).toHaveLength(30);
  });

  test('can be cancelled while the new replica is away', async () => {
    const cluster = await start();
    createTopic(cluster, 'orders', [1, 2]);
    await cluster.stopBroker(3, 'controlled');
    const orders = { topic: 'orders', partition: 0 };
    cluster.controller.alterReassignments([{ ...orders, replicas: [3, 1] }]);
    expect(image(cluster).replicas).toEqual([3, 1, 2]);
    const [cancelled] = cluster.controller.alterReassignments([{ ...orders, replicas: null }]);
    expect(cancelled?.errorCode).toBe(0);
    expect(image(cluster)).toMatchObject({ replicas: [1, 2], addingReplicas: [], removingReplicas: [] });
    const [again] = cluster.controller.alterReassignments([{ ...orders, replicas: null }]);
    expect(again?.errorCode).toBe(ERROR.NO_REASSIGNMENT_IN_PROGRESS);
  });

  test('a new order of the same replicas is there at once', async () => {
    const cluster = await start();
    createTopic(cluster);
    cluster.controller.alterReassignments([{ topic: 'orders', partition: 0, replicas: [2, 1, 3] }]);
    expect(image(cluster)).toMatchObject({ replicas: [2, 1, 3], leader: 1, addingReplicas: [] });
  });
});

describe('deleting', () => {
  test('records before an offset go from all replicas', async () => {
    const cluster = await start();
    createTopic(cluster);
    for (let count = 0; count < 5; count++) await produce(cluster, `v${count}`);
    expect(await replica(cluster, 1).deleteRecords(3, 1000)).toEqual({ errorCode: 0, lowWatermark: 3 });
    for (const id of [1, 2, 3]) expect(replica(cluster, id).logStartOffset).toBe(3);
    expect(
      replica(cluster, 1).read({ offset: 2, maxBytes: 100, isolation: 'read_uncommitted' }).errorCode,
    ).toBe(ERROR.OFFSET_OUT_OF_RANGE);
    expect((await replica(cluster, 1).deleteRecords(9, 1000)).errorCode).toBe(ERROR.OFFSET_OUT_OF_RANGE);
  });

  test('a topic takes its files along, and one of the same name begins empty', async () => {
    const cluster = await start();
    createTopic(cluster);
    await produce(cluster, 'a');
    expect(cluster.controller.deleteTopic('orders').errorCode).toBe(0);
    for (const broker of cluster.brokers.values()) expect(broker.store.directories()).toEqual([]);
    createTopic(cluster);
    expect(replica(cluster, 1).logEndOffset).toBe(0);
  });

  test('a topic deleted while a broker was away is gone from it when it is back', async () => {
    const cluster = await start();
    createTopic(cluster);
    await produce(cluster, 'a');
    await cluster.stopBroker(3, 'hard');
    cluster.controller.deleteTopic('orders');
    createTopic(cluster, 'orders', [1, 2]);
    await cluster.startBroker(3);
    expect(cluster.brokers.get(3)!.store.directories()).toEqual([]);
    expect(cluster.brokers.get(3)!.partitions.size).toBe(0);
  });
});

describe('an idempotent producer', () => {
  test('is answered with the first offset when it sends again, also by the next leader', async () => {
    const cluster = await start();
    createTopic(cluster);
    const send = (broker: number) =>
      replica(cluster, broker).appendAsLeader(
        batchOf({ values: ['a'], producerId: 4n, producerEpoch: 0, baseSequence: 0 }),
        { acks: -1, timeoutMs: 1000 },
      );
    expect((await send(1)).baseOffset).toBe(0);
    expect((await send(1)).baseOffset).toBe(0);
    await cluster.stopBroker(1, 'controlled');
    expect((await send(image(cluster).leader)).baseOffset).toBe(0);
    expect(replica(cluster, image(cluster).leader).logEndOffset).toBe(1);
  });
});

describe('a cluster on disk', () => {
  let dataDir: string;
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  test('comes back as it was', async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'cluster-'));
    const first = await start({ dataDir });
    createTopic(first, 'orders', [1, 2, 3], { 'retention.ms': '1000000000' });
    createTopic(first, 'empty', [2]);
    for (let count = 0; count < 10; count++) await produce(first, `v${count}`);
    const { clusterId } = first;
    await first.close();
    const second = await start({ dataDir });
    expect(second.clusterId).toBe(clusterId);
    expect([...second.image.topics.keys()]).toEqual(['orders', 'empty']);
    expect(second.image.topicConfigs('orders').get('retention.ms')).toBe('1000000000');
    await until(() => caughtUp(second));
    expect(image(second).leader).toBe(1);
    expect(values(second, 1)).toEqual(Array.from({ length: 10 }, (_, count) => `v${count}`));
    expect(await produce(second, 'more')).toBe(10);
  });

  test('comes back after a crash of the whole process', async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'cluster-'));
    const first = await start({ dataDir });
    createTopic(first);
    for (let count = 0; count < 10; count++) await produce(first, `v${count}`);
    // As if killed: no broker closes its logs, the lock stays behind.
    await Promise.all([1, 2, 3].map((id) => first.stopBroker(id, 'hard')));
    await first.close();
    const second = await start({ dataDir });
    await until(() => caughtUp(second));
    expect(image(second).leaderEpoch).toBeGreaterThan(0);
    expect(values(second, image(second).leader)).toHaveLength(10);
  });

  test('an unwritable file refuses records and is told of', async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'cluster-'));
    const messages: string[] = [];
    const cluster = await start({ dataDir, log: (message) => messages.push(message) });
    createTopic(cluster);
    await produce(cluster, 'a');
    const { store } = cluster.brokers.get(1)!;
    const log = replica(cluster, 1);
    store.close();
    rmSync(join(dataDir, 'broker-1', 'orders-0'), { recursive: true });
    writeFileSync(join(dataDir, 'broker-1', 'orders-0'), 'no folder any more');
    const failed = await log.appendAsLeader(batchOf({ values: ['b'] }), { acks: -1, timeoutMs: 100 });
    expect(failed.errorCode).toBe(ERROR.KAFKA_STORAGE_ERROR);
    expect(log.logEndOffset).toBe(1);
    expect(messages.join()).toContain('orders-0');
    rmSync(join(dataDir, 'broker-1', 'orders-0'));
  });

  test('has one owner', async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'cluster-'));
    await start({ dataDir });
    await expect(start({ dataDir })).rejects.toThrow(/in use by process/);
  });
});
