import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brokerDetail, brokerList, brokerPartitionPage } from '../../lib/contract/brokers.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { FakeCluster, REPLICA_BYTES } from '../client/testing/fake-cluster.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readBroker } from './read-broker.ts';
import { readBrokerPartitions } from './read-broker-partitions.ts';
import { readBrokers } from './read-brokers.ts';

let cluster: FakeCluster;
let console: Console;

beforeEach(async () => {
  cluster = await new FakeCluster().start();
  addShop(cluster);
  console = connectedTo(cluster.bootstrapServers);
});

afterEach(async () => {
  await console.close();
  await cluster.stop();
});

describe('readBrokers', () => {
  it('tells sizes, without those of a dead broker', async () => {
    await console.snapshots.current();
    await cluster.kill(2);
    await console.snapshots.refreshed();
    const { items, problems } = brokerList.parse(asSent(await readBrokers(console)));
    expect(items.map(({ sizeBytes }) => sizeBytes)).toEqual([12 * REPLICA_BYTES, null, 11 * REPLICA_BYTES]);
    expect(problems).toMatchObject([{ subject: 'broker 2' }]);
  });

  it('says who does not tell sizes', async () => {
    cluster.denied.add(35);
    const { items, problems } = brokerList.parse(asSent(await readBrokers(console)));
    expect(items.map(({ sizeBytes }) => sizeBytes)).toEqual([null, null, null]);
    expect(problems.map(({ subject, code }) => [subject, code])).toEqual([
      ['sizes on broker 1', 'forbidden'],
      ['sizes on broker 2', 'forbidden'],
      ['sizes on broker 3', 'forbidden'],
    ]);
  });

  it('shows a stopped broker of the embedded cluster that holds nothing', async () => {
    cluster.topics.clear();
    cluster.gone.add(3);
    const embedded = {
      ...console,
      kind: 'embedded' as const,
      embeddedStates: () =>
        new Map([
          [1, 'running' as const],
          [3, 'stopped' as const],
        ]),
    };
    const { items } = brokerList.parse(asSent(await readBrokers(embedded)));
    expect(items.map(({ id, isAlive, embeddedState }) => [id, isAlive, embeddedState])).toEqual([
      [1, true, 'running'],
      [2, true, null],
      [3, false, 'stopped'],
    ]);
  });
});

describe('readBroker', () => {
  it('shows a broker whose configs cannot be read', async () => {
    cluster.denied.add(32);
    const answer = brokerDetail.parse(asSent(await readBroker(console, 1)));
    expect(answer.configs).toBeNull();
    expect(answer.logDirs).toMatchObject([{ path: '/data/1', replicaCount: 12, usableBytes: 500_000 }]);
    expect(answer.partitionCount).toBe(12);
    expect(answer.problems).toMatchObject([{ subject: 'configs of broker 1', code: 'forbidden' }]);
  });

  it('does not wait for one that takes ten seconds', async () => {
    await console.snapshots.current();
    cluster.broker(2).delayMs = 10_000;
    const began = Date.now();
    const answer = brokerDetail.parse(asSent(await readBroker(console, 2)));
    expect(Date.now() - began).toBeLessThan(2000);
    expect(answer).toMatchObject({ configs: null, logDirs: null, broker: { id: 2, sizeBytes: null } });
    expect(answer.problems.map(({ code }) => code)).toEqual(['broker_timeout', 'broker_timeout']);
  });

  it('says that there is none', async () => {
    await expect(readBroker(console, 7)).rejects.toMatchObject({
      code: 'not_found',
      action: "The cluster's brokers are 1, 2, 3",
    });
  });
});

describe('readBrokerPartitions', () => {
  it('pages through the replicas of a broker', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = brokerPartitionPage.parse(
        asSent(await readBrokerPartitions(console, 1, { order: 'asc', limit: 5, cursor })),
      );
      expect(page.total).toBe(12);
      expect(page.items.every(({ sizeBytes }) => sizeBytes === REPLICA_BYTES)).toBe(true);
      seen.push(...page.items.map(({ topic, partition }) => `${topic}-${partition}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(12);
    const { items } = await readBrokerPartitions(console, 1, { order: 'asc', limit: 5, search: 'CLICK' });
    expect(items).toMatchObject([
      { topic: 'Clicks', isLeader: true, isPreferredLeader: true, isInSync: true },
    ]);
  });
});
