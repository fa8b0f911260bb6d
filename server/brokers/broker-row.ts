import type { BrokerRow } from '../../lib/contract/brokers.ts';
import type { Cluster } from '../cluster.ts';
import { brokerSummary } from '../snapshot/broker-summary.ts';
import type { ClusterSnapshot, SnapshotBroker } from '../snapshot/cluster-snapshot.ts';
import type { BrokerLogDir } from '../snapshot/log-dirs.ts';
import type { Known } from '../snapshot/on-demand.ts';

/** A broker with its size on disk. */
export function brokerRow(
  cluster: Cluster,
  snapshot: ClusterSnapshot,
  broker: SnapshotBroker,
  dirs: Known<readonly BrokerLogDir[]>,
): BrokerRow {
  return {
    ...brokerSummary(snapshot, broker),
    sizeBytes: dirs && 'value' in dirs ? dirs.value.reduce((sum, dir) => sum + dir.sizeBytes, 0) : null,
    embeddedState: cluster.embeddedStates()?.get(broker.id) ?? null,
  };
}

/**
 * The brokers to show: those of the snapshot, and those of the embedded cluster that are stopped and hold no replica, since
 * they can be started again.
 */
export function brokersToShow(cluster: Cluster, snapshot: ClusterSnapshot): SnapshotBroker[] {
  const brokers = [...snapshot.brokers];
  for (const id of cluster.embeddedStates()?.keys() ?? []) {
    if (brokers.some((broker) => broker.id === id)) continue;
    const address = cluster.snapshots.addressOf(id) ?? { host: '', port: 0, rack: null };
    brokers.push({ id, ...address, isAlive: false });
  }
  return brokers.sort((a, b) => a.id - b.id);
}
