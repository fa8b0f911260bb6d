import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeCluster } from '../client/testing/fake-cluster.ts';
import { addShop, type Console, connectedTo } from './testing/fake-console.ts';

let cluster: FakeCluster;
let console: Console;

beforeEach(async () => {
  cluster = await new FakeCluster().start();
  addShop(cluster);
  console = connectedTo(cluster.bootstrapServers);
  await console.snapshots.current();
});

afterEach(async () => {
  await console.close();
  await cluster.stop();
});

const soon = () => Date.now() + 1500;

it('asks the new leader when a partition has moved since the snapshot', async () => {
  const partition = cluster.topics.get('payments')!.partitions[0]!;
  partition.leader = partition.replicas[1]!;
  const known = await console.reads.offsets.read([{ topic: 'payments', partition: 0 }], soon());
  expect(known('payments', 0)).toEqual({ value: { logStartOffset: 0, logEndOffset: 100 } });
});

it('reads the partitions of one leader together, one request for each end', async () => {
  const wanted = [0, 1, 2, 3, 4, 5].map((partition) => ({ topic: 'orders', partition }));
  await console.reads.offsets.read(wanted, soon());
  for (const broker of cluster.brokers) {
    expect(broker.asked.filter((api) => api === 'ListOffsets')).toHaveLength(2);
  }
});

it('says that there is no such partition', async () => {
  const known = await console.reads.offsets.read([{ topic: 'orders', partition: 99 }], soon());
  expect(known('orders', 99)).toMatchObject({ failure: { code: 'not_found' } });
});
