import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupDetail, groupPage, groupQuery } from '../../lib/contract/groups.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readGroup } from './read-group.ts';
import { readGroups } from './read-groups.ts';

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

async function idsOf(query: object): Promise<string[]> {
  const page = groupPage.parse(asSent(await readGroups(console, groupQuery.parse(query))));
  return page.items.map(({ groupId }) => groupId);
}

describe('readGroups', () => {
  it('gathers the groups of all coordinators', async () => {
    const page = groupPage.parse(asSent(await readGroups(console, groupQuery.parse({}))));
    expect(page.problems).toEqual([]);
    expect(page.items).toMatchObject([
      { groupId: 'audit', state: 'Empty', memberCount: 0, topicCount: 1, lag: 200, coordinator: 2 },
      { groupId: 'billing', state: 'Stable', memberCount: 2, topicCount: 1, lag: 30, coordinator: 1 },
      { groupId: 'fresh', memberCount: 1, topicCount: 0, lag: null, coordinator: 3 },
    ]);
  });

  it('filters and sorts', async () => {
    expect(await idsOf({ search: 'IT' })).toEqual(['audit']);
    expect(await idsOf({ state: 'stable' })).toEqual(['billing', 'fresh']);
    expect(await idsOf({ sort: 'lag', order: 'desc' })).toEqual(['audit', 'billing', 'fresh']);
    expect(await idsOf({ sort: 'memberCount', order: 'desc' })).toEqual(['billing', 'fresh', 'audit']);
    expect(await idsOf({ sort: 'state' })).toEqual(['audit', 'billing', 'fresh']);
  });

  it('goes without the groups of a coordinator that is slow, and says so', async () => {
    await console.snapshots.current();
    cluster.broker(1).delayMs = 10_000;
    const began = Date.now();
    const page = groupPage.parse(asSent(await readGroups(console, groupQuery.parse({}))));
    expect(Date.now() - began).toBeLessThan(2100);
    expect(page.items.map(({ groupId }) => groupId)).toEqual(['audit', 'fresh']);
    expect(page.problems[0]).toMatchObject({ subject: 'groups of broker 1', code: 'broker_timeout' });
  });

  it('does not know the lag of a group when a log end is not known', async () => {
    cluster.topics.get('orders')!.partitions[0]!.leader = -1;
    const page = groupPage.parse(asSent(await readGroups(console, groupQuery.parse({ search: 'billing' }))));
    expect(page.items[0]).toMatchObject({ groupId: 'billing', lag: null, memberCount: 2 });
    expect(page.problems).toMatchObject([{ subject: 'log end of a partition', code: 'unavailable' }]);
  });

  it('counts no lag in a topic that was deleted', async () => {
    cluster.groups.get('audit')!.committed.vanished = [5];
    const page = groupPage.parse(asSent(await readGroups(console, groupQuery.parse({ search: 'audit' }))));
    expect(page.items[0]).toMatchObject({ lag: 200, topicCount: 2 });
    expect(page.problems).toEqual([]);
  });
});

describe('readGroup', () => {
  it('tells lag by partition', async () => {
    const group = groupDetail.parse(asSent(await readGroup(console, 'audit')));
    expect(group).toMatchObject({ groupId: 'audit', assignor: 'range', lag: 200, members: [] });
    expect(group.offsets).toMatchObject([
      { topic: 'payments', partition: 0, committedOffset: 0, logStartOffset: 0, logEndOffset: 100, lag: 100 },
      { topic: 'payments', partition: 1, committedOffset: 0, lag: 100 },
      // It has committed more than there is: the lag is never negative.
      { topic: 'payments', partition: 2, committedOffset: 120, lag: 0 },
    ]);
  });

  it('says that there is none', async () => {
    await expect(readGroup(console, 'nobody')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not say so while a coordinator has not answered', async () => {
    await console.snapshots.current();
    cluster.broker(3).delayMs = 10_000;
    await expect(readGroup(console, 'fresh')).rejects.toMatchObject({ code: 'broker_timeout' });
    expect(await readGroup(console, 'billing')).toMatchObject({ groupId: 'billing', memberCount: 2 });
  });
});
