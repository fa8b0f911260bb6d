import { connectTo } from '../../client/testing/connect-fake.ts';
import type { FakeCluster } from '../../client/testing/fake-cluster.ts';
import { NO_MASKING } from '../../masking/masking-rules.ts';
import { ClusterSerdes } from '../../serdes/cluster-serdes.ts';
import { NO_SOURCE } from '../../serdes/serde-source.ts';
import { ClusterReads } from '../cluster-reads.ts';
import { SnapshotKeeper } from '../snapshot-keeper.ts';

/** What use cases are given, connected to brokers on loopback. */
export function connectedTo(bootstrapServers: string[]) {
  const client = connectTo(bootstrapServers, { requestTimeoutMs: 15_000 });
  const snapshots = new SnapshotKeeper({ client });
  snapshots.start();
  return {
    id: 'test',
    name: 'test',
    kind: 'external' as const,
    bootstrapServers,
    security: null,
    client,
    snapshots,
    reads: new ClusterReads({ client, snapshots }),
    serdes: new ClusterSerdes(NO_SOURCE, [], { get: () => null, set: () => {} }),
    masking: NO_MASKING,
    isSampleDataOn: () => false,
    embeddedStates: () => null,
    async close() {
      snapshots.close();
      await client.close();
    },
  };
}

export type Console = ReturnType<typeof connectedTo>;

/** A cluster of three brokers with a few topics and groups. */
export function addShop(cluster: FakeCluster): void {
  cluster.addTopic('orders', 6, 2, { configs: { 'retention.ms': '1000', 'min.insync.replicas': '2' } });
  cluster.addTopic('payments', 3, 3);
  cluster.addTopic('Clicks', 1, 1, { configs: { 'cleanup.policy': 'compact' } });
  cluster.addTopic('__consumer_offsets', 4, 3, { isInternal: true });
  cluster.groups.set('billing', {
    coordinator: 1,
    committed: { orders: [90, 90, 90, 100, 100, 100] },
    members: ['one', 'two'],
  });
  cluster.groups.set('audit', { coordinator: 2, state: 'Empty', committed: { payments: [0, 0, 120] } });
  cluster.groups.set('fresh', { coordinator: 3, committed: {}, members: ['three'] });
}
