import { collectDefaultMetrics, Gauge, Histogram, Registry as PromRegistry } from 'prom-client';
import type { Overview } from '../../lib/contract/clusters.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { lasting } from '../lasting.ts';

interface Metrics {
  registry: PromRegistry;
  requests: Histogram<'endpoint' | 'method' | 'status'>;
  clusters: Record<ClusterGauge, Gauge<'cluster'>>;
}

/** Gauges of a cluster, by the name after `kafdeck_cluster_`. */
const CLUSTER_GAUGES = {
  up: 'Whether the cluster could be read (1) or not (0)',
  brokers: 'Brokers alive',
  topics: 'Topics, internal ones included',
  partitions: 'Partitions',
  under_replicated_partitions: 'Partitions whose ISR is smaller than their replicas',
  under_min_isr_partitions: 'Partitions whose ISR is smaller than min.insync.replicas',
  at_min_isr_partitions: 'Partitions whose ISR equals min.insync.replicas',
  offline_partitions: 'Partitions with no leader',
  reassigning_partitions: 'Partitions whose replicas are being moved',
  preferred_leader_ratio: 'Partitions led by the first of their replicas, 0 to 1',
  groups: 'Groups',
  snapshot_age_seconds: 'Time since the cluster was last read',
  refresh_seconds: 'How long the last reading of the cluster took',
} as const;
type ClusterGauge = keyof typeof CLUSTER_GAUGES;

function metrics(): Metrics {
  return lasting('metrics', () => {
    const registry = new PromRegistry();
    collectDefaultMetrics({ register: registry });
    const registers = [registry];
    const clusters = Object.fromEntries(
      Object.entries(CLUSTER_GAUGES).map(([name, help]) => [
        name,
        new Gauge({ name: `kafdeck_cluster_${name}`, help, labelNames: ['cluster'] as const, registers }),
      ]),
    ) as Metrics['clusters'];
    const requests = new Histogram({
      name: 'kafdeck_http_request_duration_seconds',
      help: 'Time until the answer, or the head of a stream, was ready',
      labelNames: ['endpoint', 'method', 'status'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    return { registry, requests, clusters };
  });
}

/** Counts one request. */
export function observeRequest(endpoint: string, method: string, status: number, seconds: number): void {
  metrics().requests.observe({ endpoint, method, status }, seconds);
}

/** What a scrape is told of a cluster. */
export interface ClusterReading {
  /** Null when the cluster could not be read. */
  overview: Unspoken<Overview> | null;
  /** How long the last reading took in seconds; null before the first. */
  refreshSeconds: number | null;
}

function setCluster(cluster: string, { overview, refreshSeconds }: ClusterReading, now: number): void {
  const { clusters } = metrics();
  const set = (name: ClusterGauge, value: number | null) => {
    if (value === null) clusters[name].remove(cluster);
    else clusters[name].set({ cluster }, value);
  };
  set('up', overview ? 1 : 0);
  set('brokers', overview?.brokerCount ?? null);
  set('topics', overview?.topicCount ?? null);
  set('partitions', overview?.partitionCount ?? null);
  set('under_replicated_partitions', overview?.underReplicatedPartitionCount ?? null);
  set('under_min_isr_partitions', overview?.underMinIsrPartitionCount ?? null);
  set('at_min_isr_partitions', overview?.atMinIsrPartitionCount ?? null);
  set('offline_partitions', overview?.offlinePartitionCount ?? null);
  set('reassigning_partitions', overview?.reassigningPartitionCount ?? null);
  set('preferred_leader_ratio', overview ? overview.preferredLeaderPercent / 100 : null);
  set('groups', overview?.groupCount ?? null);
  set('refresh_seconds', refreshSeconds);
  set('snapshot_age_seconds', overview ? Math.max(0, now - Date.parse(overview.asOf)) / 1000 : null);
}

/**
 * All metrics in Prometheus' text format.
 *
 * @param readings by cluster id
 */
export async function metricsText(readings: ReadonlyMap<string, ClusterReading>): Promise<string> {
  const now = Date.now();
  for (const [cluster, reading] of readings) setCluster(cluster, reading, now);
  return metrics().registry.metrics();
}

/** Content type of `metricsText()`. */
export function metricsContentType(): string {
  return metrics().registry.contentType;
}
