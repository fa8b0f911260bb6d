import type { Partition } from './replica/partition.ts';

export type BrokerState = 'starting' | 'running' | 'stopping' | 'stopped';
/** controlled: leadership moves first; hard: as if its power were cut. */
export type StopMode = 'controlled' | 'hard';

/** What a broker listens on; made by `net/` and handed to the cluster, which opens and closes it. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** controlled: what is under way is answered first; hard: connections are destroyed at once. */
  close(mode: StopMode): Promise<void>;
}

/** The replicas a broker holds. */
export interface Replicas extends Iterable<Partition> {
  get(topic: string, partition: number): Partition | undefined;
  readonly size: number;
}

/** One broker of the cluster. */
export interface Broker {
  readonly id: number;
  readonly rack: string | null;
  readonly state: BrokerState;
  /** Null while it does not listen. */
  readonly listener: Listener | null;
  /** Absolute path, or `memory` when nothing is kept on disk. */
  readonly logDir: string;
  readonly partitions: Replicas;
  /**
   * Tells when a replica of this broker becomes leader (`leading` true) or stops being it (moved, stopped or deleted),
   * for the group coordinator. Returns how to stop listening.
   */
  onLeadership(listener: (partition: Partition, leading: boolean) => void): () => void;
}
