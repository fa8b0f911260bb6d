import type { TopicRow } from '../../lib/contract/topics.ts';
import type { SnapshotTopic } from '../snapshot/snapshot-topic.ts';

/** A topic as lists show it. */
export function topicRow(topic: SnapshotTopic, customConfigCount: number | null): TopicRow {
  const { counts } = topic;
  return {
    name: topic.name,
    topicId: topic.topicId,
    partitionCount: counts.partitionCount,
    replicationFactor: topic.replicationFactor,
    preferredLeaderPercent: counts.preferredLeaderPercent,
    underReplicatedPartitionCount: counts.underReplicatedCount,
    offlinePartitionCount: counts.offlineCount,
    customConfigCount,
    isInternal: topic.isInternal,
  };
}
