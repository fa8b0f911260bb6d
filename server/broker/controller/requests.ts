import type { TopicImage } from './metadata-image.ts';
import type { Outcome } from './outcome.ts';

/** Asked before so many partitions are created or deleted (KIP-599): null lets it go ahead, else why it may not. */
export type Admission = (partitions: number) => Outcome | null;

export interface CreateTopic {
  readonly name: string;
  /** -1: the broker's `num.partitions`. Must be -1 when an assignment is given. */
  readonly partitionCount: number;
  /** -1: the broker's `default.replication.factor`. Must be -1 when an assignment is given. */
  readonly replicationFactor: number;
  /** Broker ids by partition number; null lets the controller place the replicas. */
  readonly assignment: ReadonlyMap<number, readonly number[]> | null;
  readonly configs: ReadonlyMap<string, string | null>;
  /** Check everything, change nothing. */
  readonly validateOnly?: boolean;
  readonly admit?: Admission;
}

export interface CreateTopicOutcome extends Outcome {
  /** What was (or, with validateOnly, would be) created; null when refused. */
  readonly topic: TopicImage | null;
}

export interface CreatePartitions {
  readonly topic: string;
  /** The total wanted, not how many to add. */
  readonly count: number;
  /** Broker ids for each added partition; null lets the controller place them. */
  readonly assignment: readonly (readonly number[])[] | null;
  readonly validateOnly?: boolean;
  readonly admit?: Admission;
}

/** `set`, `delete`, `append` and `subtract` are IncrementalAlterConfigs' operations 0 to 3 (KIP-339). */
export interface ConfigChange {
  readonly name: string;
  readonly operation: 'set' | 'delete' | 'append' | 'subtract';
  readonly value: string | null;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface PartitionOutcome extends TopicPartition, Outcome {}

export interface Reassignment extends TopicPartition {
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

export interface ReassignPartition extends TopicPartition {
  /** Null cancels the reassignment under way. */
  readonly replicas: readonly number[] | null;
}

/** A leader's wish for another ISR (AlterPartition, KIP-497). */
export interface AlterIsr extends TopicPartition {
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
}
