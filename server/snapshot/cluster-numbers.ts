import { type BrokerCounts, countByBroker, type PartitionCounts, percent } from '../../lib/kafka/health.ts';
import type { TopologyPartition } from '../../lib/kafka/topology.ts';
import type { SnapshotTopic } from './snapshot-topic.ts';

/** Numbers of a whole cluster. */
export interface ClusterNumbers extends Readonly<PartitionCounts> {
  readonly internalTopicCount: number;
  /** By broker id: every broker that leads a partition or is named by replicas. */
  readonly brokers: ReadonlyMap<number, Readonly<BrokerCounts>>;
}

/** Adds up a whole cluster: done once for each set of topics, from what each topic has counted already. */
export function clusterNumbers(topics: ReadonlyMap<string, SnapshotTopic>): ClusterNumbers {
  let internalTopicCount = 0;
  let partitionCount = 0;
  let preferredLeaderCount = 0;
  let underReplicatedCount = 0;
  let offlineCount = 0;
  for (const { isInternal, counts } of topics.values()) {
    if (isInternal) internalTopicCount += 1;
    partitionCount += counts.partitionCount;
    preferredLeaderCount += counts.preferredLeaderCount;
    underReplicatedCount += counts.underReplicatedCount;
    offlineCount += counts.offlineCount;
  }
  const brokers = countByBroker(allPartitions(topics));
  return {
    internalTopicCount,
    partitionCount,
    preferredLeaderCount,
    preferredLeaderPercent: percent(preferredLeaderCount, partitionCount, 100),
    underReplicatedCount,
    underReplicatedPercent: percent(underReplicatedCount, partitionCount, 0),
    offlineCount,
    brokers: new Map(brokers.map((counts) => [counts.broker, counts])),
  };
}

function* allPartitions(topics: ReadonlyMap<string, SnapshotTopic>): Iterable<TopologyPartition> {
  for (const { partitions } of topics.values()) yield* partitions;
}
