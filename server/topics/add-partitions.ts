import type { AddPartitionsBody } from '../../lib/contract/topics.ts';
import { createPartitions } from '../client/create-partitions.ts';
import type { Cluster } from '../cluster.ts';

/** Grows a topic to `count` partitions in all. Throws `not_found`, `refused_by_kafka` (no more than there are). */
export async function addPartitions(
  cluster: Cluster,
  name: string,
  body: AddPartitionsBody,
): Promise<{ ok: true }> {
  await createPartitions(cluster.client, name, body);
  if (!body.validateOnly) {
    cluster.reads.forgetTopic(name);
    cluster.snapshots.refreshSoon();
  }
  return { ok: true };
}
