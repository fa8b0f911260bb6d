import { afterEach, beforeEach, expect, it } from 'vitest';
import { clusterList, health } from '../../lib/contract/clusters.ts';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { addShop, type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readClusters, readHealth } from './read-clusters.ts';

let fake: FakeCluster;
let cluster: Console;

beforeEach(async () => {
  fake = await new FakeCluster().start();
  addShop(fake);
  cluster = connectedTo(fake.bootstrapServers);
});

afterEach(async () => {
  await cluster.close();
  await fake.stop();
});

function configured() {
  return [
    { id: 'default', name: 'Shop', kind: 'external' as const, cluster },
    { id: 'embedded', name: 'Embedded', kind: 'embedded' as const, cluster: null },
  ];
}

function statuses(): string[] {
  return clusterList.parse(readClusters(configured())).items.map(({ status }) => status);
}

it('tells how each cluster is, also one that has not started', async () => {
  expect(statuses()).toEqual(['connecting', 'connecting']);
  await cluster.snapshots.current();
  expect(statuses()).toEqual(['ok', 'connecting']);
  await fake.kill(2);
  await cluster.snapshots.refreshed();
  expect(statuses()).toEqual(['degraded', 'connecting']);
});

it('is degraded itself when a cluster cannot be reached', async () => {
  const told = { version: '1.2.3', startedAt: Date.now() - 5000 };
  await cluster.snapshots.current();
  expect(health.parse(readHealth(configured(), told))).toMatchObject({
    status: 'ok',
    version: '1.2.3',
    uptimeSeconds: 5,
  });
  await fake.stop();
  await cluster.snapshots.refreshed().catch(() => {});
  expect(readHealth(configured(), told)).toMatchObject({
    status: 'degraded',
    clusters: [
      { id: 'default', status: 'unreachable' },
      { id: 'embedded', status: 'connecting' },
    ],
  });
});
