import { afterEach, expect, test } from 'vitest';
import { ERROR } from '../protocol/errors.ts';
import { readChaosStep } from './chaos.ts';
import { Cluster } from './cluster.ts';
import { createConfigRules } from './config/rules.ts';
import { batchOf, recordsIn } from './testing/batches.ts';

const started: Cluster[] = [];

afterEach(async () => {
  for (const cluster of started.splice(0)) await cluster.close();
});

async function start(brokerConfigs: Record<string, string> = {}): Promise<Cluster> {
  const cluster = new Cluster({
    dataDir: null,
    brokers: [1, 2, 3].map((id) => ({ id, rack: `rack-${id}` })),
    sessionTimeoutMs: 50,
    brokerConfigs: { 'replica.lag.time.max.ms': '300', ...brokerConfigs },
    configRules: createConfigRules(),
  });
  started.push(cluster);
  await cluster.start();
  const { errorCode } = cluster.controller.createTopic({
    name: 'orders',
    partitionCount: -1,
    replicationFactor: -1,
    assignment: new Map([[0, [1, 2, 3]]]),
    configs: new Map(),
  });
  expect(errorCode).toBe(0);
  return cluster;
}

const image = (cluster: Cluster) => cluster.image.partition('orders', 0)!;
const replica = (cluster: Cluster, broker: number) =>
  cluster.brokers.get(broker)!.partitions.get('orders', 0)!;

async function append(cluster: Cluster, broker: number, value: string, acks = -1) {
  return replica(cluster, broker).appendAsLeader(batchOf({ values: [value] }), { acks, timeoutMs: 150 });
}

function values(cluster: Cluster, broker: number): string[] {
  const { records } = replica(cluster, broker).read({
    offset: 0,
    maxBytes: 1 << 20,
    isolation: 'log_end',
    anyReplica: true,
  });
  return recordsIn(records).map((record) => record.split(':')[1]!);
}

async function until(holds: () => boolean, atMostMs = 5000): Promise<void> {
  const begin = performance.now();
  while (!holds() && performance.now() - begin < atMostMs) await new Promise((done) => setTimeout(done, 5));
  expect(holds()).toBe(true);
}

const pass = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

test('a leader that is cut off is replaced, and drops what only it has when it is back', async () => {
  const cluster = await start();
  expect((await append(cluster, 1, 'a')).errorCode).toBe(0);
  cluster.cutOff(1);
  expect((await append(cluster, 1, 'lost', 1)).errorCode).toBe(0);
  expect((await append(cluster, 1, 'never', -1)).errorCode).toBe(ERROR.REQUEST_TIMED_OUT);
  await until(() => image(cluster).leader === 2);
  expect(cluster.image.brokers.get(1)!.fenced).toBe(true);
  expect(replica(cluster, 1).isLeader).toBe(true);
  expect((await append(cluster, 2, 'b')).errorCode).toBe(0);

  cluster.mend(1);
  await until(() => image(cluster).isr.length === 3);
  expect(cluster.image.brokers.get(1)!.fenced).toBe(false);
  for (const broker of [1, 2, 3]) expect(values(cluster, broker)).toEqual(['a', 'b']);
});

test('one that is cut off for less than its session stays what it was', async () => {
  const cluster = await start();
  cluster.cutOff(2);
  cluster.mend(2);
  await pass(100);
  expect(cluster.image.brokers.get(2)!.fenced).toBe(false);
  expect((await append(cluster, 1, 'a')).errorCode).toBe(0);
  await until(() => values(cluster, 2).length === 1);
});

test('a slow follower leaves the ISR under load and joins it again when it is quick', async () => {
  const cluster = await start();
  cluster.slowDown(3, 700);
  const load = setInterval(() => void append(cluster, 1, 'x', 1), 10);
  await until(() => !image(cluster).isr.includes(3));
  expect(image(cluster).isr).toEqual([1, 2]);
  cluster.slowDown(3, 0);
  await until(() => image(cluster).isr.length === 3);
  clearInterval(load);
});

test('what the controller has to do waits until a broker reaches it', async () => {
  const cluster = await start();
  cluster.cutOff(2);
  let isReachable = false;
  void cluster.faults.untilReachable(2).then(() => {
    isReachable = true;
  });
  await pass(20);
  expect(isReachable).toBe(false);
  cluster.mend(2);
  await pass(5);
  expect(isReachable).toBe(true);
});

test('a broker is added, gets replicas, and is removed when it has none', async () => {
  const cluster = await start();
  await append(cluster, 1, 'a');
  const added = await cluster.addBroker('rack-4');
  expect(added.id).toBe(4);
  expect(cluster.image.brokers.get(4)).toMatchObject({ rack: 'rack-4', fenced: false });
  cluster.controller.alterReassignments([{ topic: 'orders', partition: 0, replicas: [4, 2, 3] }]);
  await until(() => image(cluster).replicas.length === 3 && image(cluster).isr.includes(4));
  expect(values(cluster, 4)).toEqual(['a']);
  await expect(cluster.removeBroker(4)).rejects.toThrow('Broker 4 has 1 replicas');

  cluster.controller.alterReassignments([{ topic: 'orders', partition: 0, replicas: [1, 2, 3] }]);
  await until(() => !image(cluster).replicas.includes(4));
  await cluster.removeBroker(4);
  expect(cluster.image.brokers.has(4)).toBe(false);
  expect(cluster.controller.unregisterBroker(4)).toEqual({
    errorCode: ERROR.BROKER_ID_NOT_REGISTERED,
    errorMessage: 'Broker ID 4 is not currently registered',
  });
});

test('leadership goes back to preferred leaders by itself', async () => {
  const cluster = await start({ 'leader.imbalance.check.interval.seconds': '1' });
  await cluster.stopBroker(1, 'controlled');
  expect(image(cluster).leader).toBe(2);
  await cluster.startBroker(1);
  await until(() => image(cluster).leader === 1);
});

test.each([
  ['follower', 'follower.replication.throttled.rate', 'follower.replication.throttled.replicas', '0:4'],
  ['leader', 'leader.replication.throttled.rate', 'leader.replication.throttled.replicas', '0:1'],
])('a reassignment moves no faster than the %s’s throttle', async (_, rate, replicas, named) => {
  const cluster = await start();
  for (let count = 0; count < 8; count += 1) await append(cluster, 1, 'x'.repeat(500_000));
  await cluster.addBroker(null);
  const set = (name: string, value: string) => [{ name, operation: 'set' as const, value }];
  for (const broker of ['1', '4']) cluster.controller.alterConfigs('broker', broker, set(rate, '2000000'));
  cluster.controller.alterConfigs('topic', 'orders', set(replicas, named));
  const begin = performance.now();
  cluster.controller.alterReassignments([{ topic: 'orders', partition: 0, replicas: [4, 2, 3] }]);
  await until(() => image(cluster).replicas[0] === 4 && image(cluster).replicas.length === 3, 8000);
  // 4 MB at 2 MB a second; the first second's worth may come at once.
  expect(performance.now() - begin).toBeGreaterThan(900);
});

test.each([
  ['slow-follower=2:500', { fault: 'slow-follower', broker: 2, delayMs: 500, from: 0, to: null }],
  ['partition=3@10-40', { fault: 'partition', broker: 3, delayMs: 0, from: 10, to: 40 }],
  ['kill=1@5', { fault: 'kill', broker: 1, delayMs: 0, from: 5, to: null }],
  ['slow-follower=2', null],
  ['partition=3:5', null],
  ['partition=3@40-10', null],
  ['flood=1', null],
])('--chaos %s', (text, step) => {
  expect(readChaosStep(text)).toEqual(step);
});
