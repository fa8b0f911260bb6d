import type { AlterBrokerConfigsBody } from '../../lib/contract/brokers.ts';
import { alterConfigs } from '../client/alter-configs.ts';
import type { Cluster } from '../cluster.ts';

/** Sets and unsets dynamic configs of one broker (KIP-226). Throws `refused_by_kafka` for those that are read-only. */
export async function alterBrokerConfigs(
  cluster: Cluster,
  broker: number,
  { changes, validateOnly }: AlterBrokerConfigsBody,
): Promise<{ ok: true }> {
  await alterConfigs(cluster.client, { type: 'broker', name: String(broker) }, changes, validateOnly);
  if (!validateOnly) cluster.snapshots.refreshSoon();
  return { ok: true };
}
