import type { TopologyBroker } from '../../lib/kafka/topology.ts';
import type { MissingPart } from './read-problem.ts';
import type { TopicIndex } from './topic-index.ts';

export interface SnapshotBroker extends TopologyBroker {
  /** Empty for a broker that only replicas name and that nobody has heard of since the console started. */
  readonly host: string;
  /** 0 where the host is not known. */
  readonly port: number;
}

/** What a cluster looked like at one moment. Never changes; parts that stayed the same are shared between snapshots. */
export interface ClusterSnapshot {
  /** Counts up whenever anything but the time and the problems differs from the snapshot before. */
  readonly version: number;
  /** When it was read, ISO 8601. */
  readonly asOf: string;
  readonly clusterId: string | null;
  readonly controllerId: number | null;
  readonly mode: 'kraft' | 'zookeeper' | 'unknown';
  readonly kafkaVersion: string | null;
  /** Alive ones and those that replicas name, in order of id. */
  readonly brokers: readonly SnapshotBroker[];
  readonly topics: TopicIndex;
  /** What could not be read. */
  readonly problems: readonly MissingPart[];
}
