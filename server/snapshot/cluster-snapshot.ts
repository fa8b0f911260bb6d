import type { PartialProblem } from '../../lib/contract/problem.ts';

export interface SnapshotBroker {
  id: number;
  /** Empty for a broker that only replicas name. */
  host: string;
  port: number;
  rack: string | null;
  isAlive: boolean;
}

export interface SnapshotPartition {
  readonly partition: number;
  /** -1: none. */
  readonly leader: number;
  /** -1: not known. */
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly offlineReplicas: readonly number[];
}

export interface SnapshotTopic {
  readonly name: string;
  /** Null before Kafka 2.8. */
  readonly topicId: string | null;
  readonly isInternal: boolean;
  /** In order of partition. */
  readonly partitions: readonly SnapshotPartition[];
}

/** What a cluster looked like at one moment. Never changes; parts that stayed the same are shared between snapshots. */
export interface ClusterSnapshot {
  /** Counts up whenever anything but the time differs from the snapshot before. */
  readonly version: number;
  /** When it was read, ISO 8601. */
  readonly asOf: string;
  readonly clusterId: string | null;
  readonly controllerId: number | null;
  readonly mode: 'kraft' | 'zookeeper' | 'unknown';
  readonly kafkaVersion: string | null;
  /** Alive ones and those that replicas name, in order of id. */
  readonly brokers: readonly SnapshotBroker[];
  readonly topics: ReadonlyMap<string, SnapshotTopic>;
  /** What could not be read. */
  readonly problems: readonly PartialProblem[];
}
