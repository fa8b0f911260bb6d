import type { Overview } from '../../lib/contract/clusters.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { readOverview } from '../overview/read-overview.ts';
import { type ClusterEntry, registry } from '../registry.ts';
import { type ClusterReading, metricsContentType, metricsText } from './metrics.ts';

/** A scrape does not wait longer than this for a cluster that has never been read. */
const PATIENCE_MS = 2000;

/** `GET /metrics` for Prometheus. Clusters that cannot be read say so by `kafdeck_cluster_up 0`. */
export async function readMetrics(): Promise<Response> {
  const entries = [...registry().clusters.values()];
  const readings = await Promise.all(
    entries.map(async (entry) => [entry.id, await readingOf(entry)] as const),
  );
  const text = await metricsText(new Map(readings));
  return new Response(text, {
    headers: { 'content-type': metricsContentType(), 'cache-control': 'no-store' },
  });
}

async function readingOf({ cluster }: ClusterEntry): Promise<ClusterReading> {
  if (!cluster) return { overview: null, refreshSeconds: null };
  const overview = await overviewOf(cluster);
  return { overview, refreshSeconds: cluster.snapshots.lastRefreshMs() / 1000 || null };
}

async function overviewOf(cluster: Cluster): Promise<Unspoken<Overview> | null> {
  if (cluster.snapshots.status() === 'unreachable') return null;
  const { promise: patience, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, PATIENCE_MS, null);
  const overview = await Promise.race([readOverview(cluster).catch(() => null), patience]);
  clearTimeout(timer);
  return overview;
}
