import type { AlterConfigsBody } from '../../lib/contract/topics.ts';
import { alterConfigs } from '../client/alter-configs.ts';
import type { Cluster } from '../cluster.ts';

/** Sets and unsets configs of a topic. Throws `not_found`, `refused_by_kafka` with Kafka's reason. */
export async function alterTopicConfigs(
  cluster: Cluster,
  name: string,
  { changes, validateOnly }: AlterConfigsBody,
): Promise<{ ok: true }> {
  await alterConfigs(cluster.client, { type: 'topic', name }, changes, validateOnly);
  if (!validateOnly) {
    cluster.reads.forgetTopic(name);
    cluster.snapshots.refreshSoon();
  }
  return { ok: true };
}
