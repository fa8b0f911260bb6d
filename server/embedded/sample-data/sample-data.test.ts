import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Store } from '../../store/store.ts';
import { EmbeddedCluster } from '../embedded-cluster.ts';
import { SampleData } from './sample-data.ts';
import { HEALTHY_GROUP, LAGGING_GROUP, ORDERS, PAGE_VIEWS, SAMPLE_TOPICS } from './sample-topics.ts';

const names = SAMPLE_TOPICS.map(({ topic }) => topic).sort();
const store = new Store(':memory:');
const troubles: unknown[] = [];
let embedded: EmbeddedCluster;
let sampleData: SampleData;
let kafka: Kafka;
let admin: ReturnType<Kafka['admin']>;

beforeAll(async () => {
  embedded = new EmbeddedCluster({
    program: join(import.meta.dirname, '../../broker/main.mjs'),
    args: ['--memory', '--port', '0'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  embedded.start();
  const { brokers } = await embedded.ready();
  kafka = new Kafka({
    brokers: brokers.map(({ host, port }) => `${host}:${port}`),
    logLevel: logLevel.NOTHING,
  });
  admin = kafka.admin();
  await admin.connect();
  sampleData = new SampleData({ embedded, store, allowed: true, onTrouble: (error) => troubles.push(error) });
}, 30_000);

afterAll(async () => {
  await sampleData.close();
  await admin.disconnect();
  await embedded.close();
  store.close();
});

/** One that has asked for a topic goes on asking for it after it is deleted, and then fails. */
async function useFreshAdmin(): Promise<void> {
  await admin.disconnect();
  admin = kafka.admin();
  await admin.connect();
}

const sampleTopics = async () => (await admin.listTopics()).filter((name) => name.startsWith('shop.')).sort();
const messagesIn = async (topic: string) =>
  (await admin.fetchTopicOffsets(topic)).reduce((sum, { offset }) => sum + Number(offset), 0);
const lagOf = async (groupId: string, topic: string) => {
  const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const ends = new Map(
    (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]),
  );
  return committed!.partitions.reduce(
    (sum, { partition, offset }) => sum + ends.get(partition)! - Math.max(0, Number(offset)),
    0,
  );
};

describe('sample data', () => {
  it('fills the cluster with a past, and goes on', async () => {
    sampleData.start();
    expect(sampleData.isOn()).toBe(true);
    await vi.waitFor(async () => expect(await sampleTopics()).toEqual(names), {
      timeout: 15_000,
      interval: 200,
    });
    await vi.waitFor(async () => expect(await messagesIn(PAGE_VIEWS)).toBeGreaterThan(1500), {
      timeout: 15_000,
      interval: 200,
    });
    const before = await messagesIn(PAGE_VIEWS);
    await vi.waitFor(async () => expect(await messagesIn(PAGE_VIEWS)).toBeGreaterThan(before + 2), {
      timeout: 15_000,
      interval: 200,
    });
  }, 60_000);

  it('has a group that keeps up and one that lags', async () => {
    await vi.waitFor(
      async () => {
        expect(await lagOf(HEALTHY_GROUP, ORDERS)).toBeLessThan(20);
        expect(await lagOf(LAGGING_GROUP, PAGE_VIEWS)).toBeGreaterThan(100);
        expect(await lagOf(LAGGING_GROUP, PAGE_VIEWS)).toBeLessThan(2500);
      },
      { timeout: 40_000, interval: 500 },
    );
  }, 60_000);

  it('survives a broker that is stopped', async () => {
    await embedded.stopBroker(2, 'hard');
    const before = await messagesIn(PAGE_VIEWS).catch(() => 0);
    await vi.waitFor(async () => expect(await messagesIn(PAGE_VIEWS)).toBeGreaterThan(before + 2), {
      timeout: 40_000,
      interval: 500,
    });
    await embedded.startBroker(2);
    expect(sampleData.isOn()).toBe(true);
    expect(troubles).toEqual([]);
  }, 60_000);

  it('goes on with the other topics when one is deleted', async () => {
    await admin.deleteTopics({ topics: [ORDERS] });
    await useFreshAdmin();
    const before = await messagesIn(PAGE_VIEWS);
    await vi.waitFor(async () => expect(await messagesIn(PAGE_VIEWS)).toBeGreaterThan(before + 20), {
      timeout: 40_000,
      interval: 500,
    });
    expect(await sampleTopics()).not.toContain(ORDERS);
  }, 60_000);

  it('goes away with its topics and groups, and stays away', async () => {
    await sampleData.set(false, true);
    await useFreshAdmin();
    expect(sampleData.isOn()).toBe(false);
    await vi.waitFor(async () => expect(await sampleTopics()).toEqual([]), {
      timeout: 10_000,
      interval: 200,
    });
    const { groups } = await admin.listGroups();
    expect(groups.map(({ groupId }) => groupId)).not.toContain(LAGGING_GROUP);
    expect(groups.map(({ groupId }) => groupId)).not.toContain(HEALTHY_GROUP);
    sampleData.start();
    expect(sampleData.isOn()).toBe(false);
  }, 60_000);

  it('comes back when it is switched on', async () => {
    await sampleData.set(true, false);
    await vi.waitFor(async () => expect(await sampleTopics()).toEqual(names), {
      timeout: 15_000,
      interval: 200,
    });
  }, 30_000);

  it('cannot be switched on where it is configured away', async () => {
    const away = new SampleData({
      embedded,
      store: new Store(':memory:'),
      allowed: false,
      onTrouble: () => {},
    });
    away.start();
    expect(away.isOn()).toBe(false);
    await expect(away.set(true, false)).rejects.toMatchObject({ code: 'conflict' });
  });
});
