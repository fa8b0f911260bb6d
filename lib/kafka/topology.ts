/** Brokers, topics and partitions as plain values: what the calculations of this folder are made on. */

export interface TopologyBroker {
  readonly id: number;
  readonly rack: string | null;
  /** False for a broker that replicas name but that is not in the metadata. */
  readonly isAlive: boolean;
}

export interface TopologyPartition {
  readonly partition: number;
  /** -1: none. */
  readonly leader: number;
  /** The first one is the preferred leader. */
  readonly replicas: readonly number[];
  /** In-sync replicas. */
  readonly isr: readonly number[];
}

export interface TopologyTopic {
  readonly name: string;
  readonly partitions: readonly TopologyPartition[];
}

/** Where one partition's replicas are or shall be; the first one is the preferred leader. */
export interface PartitionReplicas {
  readonly topic: string;
  readonly partition: number;
  readonly replicas: readonly number[];
}
