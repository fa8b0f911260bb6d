import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overview } from '../../lib/contract/clusters.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readOverview } from './read-overview.ts';

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

describe('readOverview', () => {
  it('adds up a healthy cluster', async () => {
    const answer = overview.parse(asSent(await readOverview(console)));
    expect(answer).toMatchObject({
      clusterId: 'fake',
      bootstrapServers: cluster.bootstrapServers,
      controllerId: 1,
      mode: 'kraft',
      brokerCount: 3,
      topicCount: 4,
      internalTopicCount: 1,
      partitionCount: 14,
      preferredLeaderPercent: 100,
      underReplicatedPartitionCount: 0,
      underMinIsrPartitionCount: 0,
      // orders has a minimum of 2 and two replicas, Clicks a minimum of 1 and one.
      atMinIsrPartitionCount: 7,
      offlinePartitionCount: 0,
      reassigningPartitionCount: 0,
      groupCount: 3,
      problems: [],
    });
    expect(answer.brokers.map(({ leaderCount }) => leaderCount)).toEqual([6, 4, 4]);
    expect(answer.brokers.map(({ replicaCount }) => replicaCount)).toEqual([12, 11, 11]);
    expect(answer.brokers.map(({ isController }) => isController)).toEqual([true, false, false]);
  });

  it('counts what a dead broker leaves behind, and names it', async () => {
    await readOverview(console);
    await cluster.kill(2);
    await console.snapshots.refreshed();
    const answer = overview.parse(asSent(await readOverview(console)));
    expect(answer).toMatchObject({
      brokerCount: 2,
      offlinePartitionCount: 0,
      underReplicatedPartitionCount: 11,
      underMinIsrPartitionCount: 4,
      preferredLeaderPercent: (10 / 14) * 100,
    });
    expect(answer.brokers[1]).toMatchObject({
      id: 2,
      isAlive: false,
      leaderCount: 0,
      replicaCount: 11,
      preferredLeaderCount: 4,
      underReplicatedCount: 11,
    });
    expect(answer.problems).toMatchObject([{ subject: 'broker 2', code: 'broker_unreachable' }]);
  });

  it('has null for what it may not know, and says so', async () => {
    for (const key of [32, 46, 55]) cluster.denied.add(key);
    const answer = overview.parse(asSent(await readOverview(console)));
    expect(answer).toMatchObject({
      controllerId: null,
      underMinIsrPartitionCount: null,
      atMinIsrPartitionCount: null,
      reassigningPartitionCount: null,
      partitionCount: 14,
      groupCount: 3,
    });
    const subjects = answer.problems.map(({ subject, code }) => `${subject}: ${code}`).sort();
    expect(subjects).toEqual([
      'controller: forbidden',
      'min.insync.replicas: forbidden',
      'reassignments: forbidden',
    ]);
  });

  it('does not wait for a broker that takes ten seconds, and fills it in later', async () => {
    await console.snapshots.current();
    cluster.broker(3).delayMs = 10_000;
    const began = Date.now();
    const answer = overview.parse(asSent(await readOverview(console)));
    expect(Date.now() - began).toBeLessThan(2000);
    expect(answer.groupCount).toBeNull();
    expect(answer.partitionCount).toBe(14);
    expect(answer.problems).toMatchObject([{ subject: 'groups of broker 3', code: 'broker_timeout' }]);
  });

  it('counts new values of min.insync.replicas', async () => {
    expect((await readOverview(console)).underMinIsrPartitionCount).toBe(0);
    cluster.topics.get('Clicks')!.configs = { 'min.insync.replicas': '2' };
    console.reads.forgetTopic('Clicks');
    await expect.poll(async () => (await readOverview(console)).underMinIsrPartitionCount).toBe(1);
  });
});
