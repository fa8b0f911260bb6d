import type { Broker } from '../../../broker.ts';
import type { Cluster } from '../../../cluster.ts';
import { brokerConfig, brokerConfigNumber } from '../../../config/resolve.ts';
import type { TopicImage } from '../../../controller/metadata-image.ts';
import { partitionOfGroup } from '../../offsets-topic.ts';

export const SHARE_STATE_TOPIC = '__share_group_state';

/** One partition as a share group sees it. */
export interface SharePartitionKey {
  readonly groupId: string;
  readonly topicId: string;
  readonly partition: number;
}

/** As FindCoordinator names it: `group:topic id:partition`. */
export function coordinatorKey({ groupId, topicId, partition }: SharePartitionKey): string {
  return `${groupId}:${topicId}:${partition}`;
}

/** The partition of `__share_group_state` that keeps the state; its leader is the share coordinator. */
export function statePartitionOf(key: string, partitionCount: number): number {
  return partitionOfGroup(key, partitionCount);
}

/** `__share_group_state`, made on first use with the broker's `share.coordinator.state.topic.*`. Null when it can't be made now. */
export function shareStateTopic(cluster: Cluster, broker: Broker): TopicImage | null {
  const existing = cluster.image.topic(SHARE_STATE_TOPIC);
  if (existing !== undefined) return existing;
  const setting = (name: string) =>
    brokerConfigNumber(cluster, broker, `share.coordinator.state.topic.${name}`);
  const available = [...cluster.image.brokers.keys()].filter((id) => cluster.image.isActive(id)).length;
  const replicationFactor = Math.min(setting('replication.factor'), available);
  const segmentBytes = brokerConfig(cluster, broker, 'share.coordinator.state.topic.segment.bytes');
  return cluster.controller.createTopic({
    name: SHARE_STATE_TOPIC,
    partitionCount: setting('num.partitions'),
    replicationFactor,
    assignment: null,
    configs: new Map([
      ['cleanup.policy', 'delete'],
      ['compression.type', 'producer'],
      ['segment.bytes', segmentBytes],
      ['min.insync.replicas', String(Math.min(setting('min.isr'), replicationFactor))],
      ['retention.ms', '-1'],
    ]),
  }).topic;
}

/** Why a key as FindCoordinator is given it names no share partition, in Kafka's words; null when it does. */
export function problemWithCoordinatorKey(key: string): string | null {
  const parts = key.split(':');
  const [partition, topicId] = [parts.pop(), parts.pop()];
  if (parts.length === 0) return `Invalid key format: expected - groupId:topicId:partition, found -  ${key}`;
  if (parts.join(':').trim() === '') return 'GroupId must be alphanumeric string';
  if (topicId?.length !== 22) return `Invalid topic ID: ${topicId}`;
  return /^-?\d+$/.test(partition ?? '') ? null : `Invalid partition: ${partition}`;
}
