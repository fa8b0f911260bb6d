import {
  type BrokerCounts,
  countByBroker,
  countPartitions,
  type PartitionCounts,
} from '../../lib/kafka/health.ts';
import type { TopologyPartition } from '../../lib/kafka/topology.ts';
import type { SnapshotTopic } from './snapshot-topic.ts';

/** Numbers of a whole cluster. */
export interface ClusterNumbers extends Readonly<PartitionCounts> {
  readonly internalTopicCount: number;
  /** By broker id: every broker that leads a partition or is named by replicas. */
  readonly brokers: ReadonlyMap<number, Readonly<BrokerCounts>>;
}

/** Adds up a whole cluster: done once for each set of topics. */
export function clusterNumbers(topics: ReadonlyMap<string, SnapshotTopic>): ClusterNumbers {
  let internalTopicCount = 0;
  for (const { isInternal } of topics.values()) if (isInternal) internalTopicCount += 1;
  const brokers = countByBroker(allPartitions(topics));
  return {
    ...countPartitions(allPartitions(topics)),
    internalTopicCount,
    brokers: new Map(brokers.map((counts) => [counts.broker, counts])),
  };
}

function* allPartitions(topics: ReadonlyMap<string, SnapshotTopic>): Iterable<TopologyPartition> {
  for (const { partitions } of topics.values()) yield* partitions;
}
