import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { groupConfigValue } from '../config/group-configs.ts';

/** The value of a group's config that holds, as text. */
export function groupConfigText(cluster: Cluster, broker: Broker, groupId: string, name: string): string {
  return groupConfigValue(name, cluster.image.groupConfigs(groupId), (config) => broker.brokerConfig(config));
}

/** The same of one that is a number. */
export function groupConfigNumber(cluster: Cluster, broker: Broker, groupId: string, name: string): number {
  return Number(groupConfigText(cluster, broker, groupId, name));
}
