import type { ClusterList, ClusterSummary, Health } from '../../lib/contract/clusters.ts';
import type { Cluster } from '../cluster.ts';

/** A cluster that is configured, whether it can be used yet or not. */
export interface ConfiguredCluster {
  readonly id: string;
  readonly name: string;
  readonly kind: 'embedded' | 'external';
  /** Null while the embedded cluster has not started. */
  readonly cluster: Cluster | null;
}

/** The clusters the console is configured for, as their last snapshots say. Asks no broker. */
export function readClusters(clusters: Iterable<ConfiguredCluster>): ClusterList {
  return { items: [...clusters].map(summaryOf) };
}

/** Whether the console serves, and how its clusters are. Asks no broker. */
export function readHealth(
  clusters: Iterable<ConfiguredCluster>,
  console: { version: string; startedAt: number },
): Health {
  const items = [...clusters].map(summaryOf).map(({ id, status }) => ({ id, status }));
  return {
    status: items.some(({ status }) => status === 'unreachable') ? 'degraded' : 'ok',
    version: console.version,
    uptimeSeconds: Math.round((Date.now() - console.startedAt) / 1000),
    clusters: items,
  };
}

function summaryOf({ id, name, kind, cluster }: ConfiguredCluster): ClusterSummary {
  return {
    id,
    name,
    kind,
    bootstrapServers: [...(cluster?.bootstrapServers ?? [])],
    security: cluster?.security ?? null,
    status: cluster?.snapshots.status() ?? 'connecting',
    sampleData: cluster?.isSampleDataOn() ?? false,
  };
}
