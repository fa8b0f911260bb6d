import type { PartitionCounts } from '../../lib/kafka/health.ts';
import type { TopologyPartition } from '../../lib/kafka/topology.ts';

export interface SnapshotPartition extends TopologyPartition {
  /** -1: not known. */
  readonly leaderEpoch: number;
  readonly offlineReplicas: readonly number[];
}

/** Stays the same object from snapshot to snapshot as long as nothing in it changes. */
export interface SnapshotTopic {
  readonly name: string;
  /** The name in lower case, to search in. */
  readonly searchName: string;
  /** Null before Kafka 2.8. */
  readonly topicId: string | null;
  readonly isInternal: boolean;
  /** In order of partition. */
  readonly partitions: readonly SnapshotPartition[];
  /** Replicas of partition 0. */
  readonly replicationFactor: number;
  readonly counts: Readonly<PartitionCounts>;
}
