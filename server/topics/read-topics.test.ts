import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { topicPage, topicQuery } from '../../lib/contract/topics.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readTopics } from './read-topics.ts';

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

async function namesOf(query: object): Promise<string[]> {
  const page = topicPage.parse(asSent(await readTopics(console, topicQuery.parse(query))));
  return page.items.map(({ name }) => name);
}

describe('readTopics', () => {
  it('lists topics by name, internal ones on wish', async () => {
    expect(await namesOf({})).toEqual(['Clicks', 'orders', 'payments']);
    expect(await namesOf({ order: 'desc' })).toEqual(['payments', 'orders', 'Clicks']);
    expect(await namesOf({ internal: 'true' })).toEqual([
      'Clicks',
      '__consumer_offsets',
      'orders',
      'payments',
    ]);
  });

  it('searches in any case', async () => {
    expect(await namesOf({ search: 'CLI' })).toEqual(['Clicks']);
    expect(await namesOf({ search: 'S' })).toEqual(['Clicks', 'orders', 'payments']);
    expect(await namesOf({ search: 'nothing like it' })).toEqual([]);
  });

  it('sorts by every column', async () => {
    expect(await namesOf({ sort: 'partitionCount' })).toEqual(['Clicks', 'payments', 'orders']);
    expect(await namesOf({ sort: 'replicationFactor', order: 'desc' })).toEqual([
      'payments',
      'orders',
      'Clicks',
    ]);
    expect(await namesOf({ sort: 'customConfigCount', order: 'desc' })).toEqual([
      'orders',
      'Clicks',
      'payments',
    ]);
    await cluster.kill(1);
    await console.snapshots.refreshed();
    expect(await namesOf({ sort: 'underReplicatedPartitionCount', order: 'desc' })).toEqual([
      'orders',
      'payments',
      'Clicks',
    ]);
    // orders has 4 of 6, payments 2 of 3: equal ones stand by name.
    expect(await namesOf({ sort: 'preferredLeaderPercent' })).toEqual(['Clicks', 'orders', 'payments']);
  });

  it('filters by health', async () => {
    expect(await namesOf({ health: 'under-replicated' })).toEqual([]);
    await cluster.kill(1);
    await console.snapshots.refreshed();
    expect(await namesOf({ health: 'under-replicated' })).toEqual(['Clicks', 'orders', 'payments']);
    expect(await namesOf({ health: 'offline' })).toEqual(['Clicks']);
    expect(await namesOf({ health: 'not-preferred', internal: 'true' })).toEqual([
      'Clicks',
      '__consumer_offsets',
      'orders',
      'payments',
    ]);
  });

  it('gives every topic once over its pages, in every order', async () => {
    for (let index = 0; index < 23; index++) cluster.addTopic(`many-${index}`, 1 + (index % 3), 1);
    await console.snapshots.refreshed();
    for (const sort of ['name', 'partitionCount', 'customConfigCount']) {
      for (const order of ['asc', 'desc']) {
        const names: string[] = [];
        let cursor: string | undefined;
        do {
          const query = topicQuery.parse({ sort, order, limit: 7, cursor });
          const page = await readTopics(console, query);
          expect(page.total).toBe(26);
          names.push(...page.items.map(({ name }) => name));
          cursor = page.nextCursor ?? undefined;
        } while (cursor);
        expect(new Set(names).size).toBe(26);
        expect(names).toHaveLength(26);
      }
    }
  });

  it('counts the configs set on the topics it shows, and reads no others', async () => {
    for (let index = 0; index < 200; index++) cluster.addTopic(`many-${index}`, 1, 1);
    await console.snapshots.refreshed();
    const page = await readTopics(console, topicQuery.parse({ search: 'orders' }));
    expect(page.items[0]).toMatchObject({ name: 'orders', customConfigCount: 2, partitionCount: 6 });
    expect(page.problems).toEqual([]);
    expect(console.reads.topicConfigs.isKnown('many-1')).toBe(false);
  });

  it('shows topics whose configs it may not read', async () => {
    cluster.denied.add(32);
    const page = topicPage.parse(asSent(await readTopics(console, topicQuery.parse({}))));
    expect(page.items.map(({ customConfigCount }) => customConfigCount)).toEqual([null, null, null]);
    expect(page.problems).toMatchObject([{ subject: 'configs of 3 topics', code: 'forbidden' }]);
  });

  it('refuses a cursor that is none', async () => {
    await expect(readTopics(console, topicQuery.parse({ cursor: 'x' }))).rejects.toMatchObject({
      code: 'invalid_request',
      fields: [{ field: 'cursor' }],
    });
  });
});
