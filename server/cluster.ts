import type { ConnectionSecurity } from '../lib/kafka/client-properties.ts';
import type { ClusterClient } from './client/cluster-client.ts';
import type { MaskingRules } from './masking/masking-rules.ts';
import type { ClusterSerdes } from './serdes/cluster-serdes.ts';
import type { ClusterReads } from './snapshot/cluster-reads.ts';
import type { SnapshotKeeper } from './snapshot/snapshot-keeper.ts';

/** What every use case is given: one cluster that the console is connected to. */
export interface Cluster {
  /** As it stands in addresses: `embedded`, `default`, or the id of kafdeck.yaml. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'embedded' | 'external';
  /** As configured, `host:port`. */
  readonly bootstrapServers: readonly string[];
  /** How its brokers want to be connected to, nothing secret; null where connections are plain. */
  readonly security: ConnectionSecurity | null;
  /** Sends requests to its brokers. */
  readonly client: ClusterClient;
  /** Brokers, topics and partitions, always at hand. */
  readonly snapshots: SnapshotKeeper;
  /** What is costly and therefore loaded for what is seen: configs, sizes, offsets, groups, reassignments. */
  readonly reads: ClusterReads;
  /** How keys and values of its messages are read and written. */
  readonly serdes: ClusterSerdes;
  /** What is hidden in its messages. Never log it. */
  readonly masking: MaskingRules;
  /** True while sample data flows into it. */
  isSampleDataOn(): boolean;
  /** State of each broker's process, by broker id; null for an external cluster. */
  embeddedStates(): ReadonlyMap<number, EmbeddedState> | null;
}

export type EmbeddedState = 'running' | 'starting' | 'stopping' | 'stopped';
