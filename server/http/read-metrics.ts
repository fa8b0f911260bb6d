import type { Overview } from '../../lib/contract/clusters.ts';
import { readOverview } from '../overview/read-overview.ts';
import { type ClusterEntry, registry } from '../registry.ts';
import { metricsContentType, metricsText } from './metrics.ts';

/** A scrape does not wait longer than this for a cluster that has never been read. */
const PATIENCE_MS = 2000;

/** `GET /metrics` for Prometheus. Clusters that cannot be read say so by `kafdeck_cluster_up 0`. */
export async function readMetrics(): Promise<Response> {
  const entries = [...registry().clusters.values()];
  const overviews = await Promise.all(
    entries.map(async (entry) => [entry.id, await overviewOf(entry)] as const),
  );
  const text = await metricsText(new Map(overviews));
  return new Response(text, {
    headers: { 'content-type': metricsContentType(), 'cache-control': 'no-store' },
  });
}

async function overviewOf({ cluster }: ClusterEntry): Promise<Overview | null> {
  if (!cluster || cluster.snapshots.status() === 'unreachable') return null;
  const { promise: patience, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, PATIENCE_MS, null);
  const overview = await Promise.race([readOverview(cluster).catch(() => null), patience]);
  clearTimeout(timer);
  return overview;
}
