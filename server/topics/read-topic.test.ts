import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { topicDetail, topicGroupList } from '../../lib/contract/topics.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { FakeCluster, REPLICA_BYTES } from '../client/testing/fake-cluster.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readTopic } from './read-topic.ts';
import { readTopicGroups } from './read-topic-groups.ts';

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

describe('readTopic', () => {
  it('tells everything of a healthy topic', async () => {
    const topic = topicDetail.parse(asSent(await readTopic(console, 'orders')));
    expect(topic).toMatchObject({
      name: 'orders',
      partitionCount: 6,
      replicationFactor: 2,
      preferredLeaderPercent: 100,
      underReplicatedPercent: 0,
      brokersSpreadPercent: 100,
      brokersForTopic: 3,
      brokersTotal: 3,
      offsetSum: 600,
      messageCount: 600,
      sizeBytes: 12 * REPLICA_BYTES,
      minInsyncReplicas: 2,
      customConfigCount: 2,
      problems: [],
    });
    expect(topic.partitions[1]).toMatchObject({
      partition: 1,
      leader: 2,
      replicas: [2, 3],
      isr: [2, 3],
      isPreferredLeader: true,
      isUnderReplicated: false,
      logStartOffset: 0,
      logEndOffset: 100,
      sizeBytes: REPLICA_BYTES,
    });
  });

  it('shows the rest of a topic that has lost a broker', async () => {
    await console.snapshots.current();
    await cluster.kill(3);
    cluster.topics.get('orders')!.partitions[2]!.leader = -1;
    await console.snapshots.refreshed();
    const topic = topicDetail.parse(asSent(await readTopic(console, 'orders')));
    expect(topic.partitions[2]).toMatchObject({ leader: null, logEndOffset: null, sizeBytes: null });
    expect(topic.partitions[0]).toMatchObject({ leader: 1, logEndOffset: 100, sizeBytes: REPLICA_BYTES });
    expect(topic).toMatchObject({ offsetSum: null, sizeBytes: null, offlinePartitionCount: 1 });
    expect(topic.problems).toMatchObject([
      { subject: 'broker 3', code: 'broker_unreachable' },
      { subject: 'offsets of partition 2', code: 'unavailable' },
    ]);
  });

  it('does not wait for a slow leader, and fills it in later', async () => {
    await console.snapshots.current();
    cluster.broker(2).delayMs = 2500;
    const began = Date.now();
    const early = topicDetail.parse(asSent(await readTopic(console, 'orders')));
    expect(Date.now() - began).toBeLessThan(2000);
    expect(early.partitions.map(({ logEndOffset }) => logEndOffset)).toEqual([
      100,
      null,
      100,
      100,
      null,
      100,
    ]);
    expect(early.problems.map(({ subject, code }) => [subject, code])).toEqual([
      ['sizes on broker 2', 'broker_timeout'],
      ['offsets of partitions 1, 4', 'broker_timeout'],
    ]);
    await expect
      .poll(async () => (await readTopic(console, 'orders')).problems, { timeout: 15_000, interval: 500 })
      .toEqual([]);
  }, 20_000);

  it('finds a topic that was created a moment ago', async () => {
    await console.snapshots.current();
    cluster.addTopic('brand-new', 1, 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await readTopic(console, 'brand-new')).partitionCount).toBe(1);
  });

  it('says that there is none, and which one may be meant', async () => {
    await expect(readTopic(console, 'Orders')).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is no topic Orders',
      action: 'Did you mean orders?',
    });
  });
});

describe('readTopicGroups', () => {
  it('lists the groups with offsets for the topic', async () => {
    const { items, problems } = topicGroupList.parse(asSent(await readTopicGroups(console, 'orders')));
    expect(problems).toEqual([]);
    expect(items).toEqual([
      { groupId: 'billing', state: 'Stable', memberCount: 2, lag: 30, partitionCount: 6 },
    ]);
  });
});
