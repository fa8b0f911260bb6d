import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { brokerConfig, brokerConfigNumber } from '../config/resolve.ts';
import type { TopicImage } from '../controller/metadata-image.ts';
import { coordinatorPartition } from '../coordinator-partition.ts';

export const OFFSETS_TOPIC = '__consumer_offsets';

/** The partition of `__consumer_offsets` that keeps a group; its leader is the group's coordinator. */
export function partitionOfGroup(groupId: string, partitionCount: number): number {
  return coordinatorPartition(groupId, partitionCount);
}

/**
 * `__consumer_offsets`, made on first use with the broker's `offsets.topic.*`, on as many brokers as there are if they are
 * fewer. Null when it can't be made now.
 */
export function offsetsTopic(cluster: Cluster, broker: Broker): TopicImage | null {
  const existing = cluster.image.topic(OFFSETS_TOPIC);
  if (existing !== undefined) return existing;
  const wanted = brokerConfigNumber(cluster, broker, 'offsets.topic.replication.factor');
  const available = [...cluster.image.brokers.keys()].filter((id) => cluster.image.isActive(id)).length;
  return cluster.controller.createTopic({
    name: OFFSETS_TOPIC,
    partitionCount: brokerConfigNumber(cluster, broker, 'offsets.topic.num.partitions'),
    replicationFactor: Math.min(wanted, available),
    assignment: null,
    configs: new Map([
      ['cleanup.policy', 'compact'],
      ['compression.type', 'producer'],
      ['segment.bytes', brokerConfig(cluster, broker, 'offsets.topic.segment.bytes')],
    ]),
  }).topic;
}
