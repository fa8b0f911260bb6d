import type { FileStore } from '../log/file-store.ts';
import type { LogConfig } from '../log/log-config.ts';
import type { RecentBatches } from '../log/recent-batches.ts';
import type { Partition } from './partition.ts';

/** What a replica needs of the broker that holds it. */
export interface PartitionHost {
  readonly id: number;
  readonly store: FileStore;
  readonly recent: RecentBatches;
  /** `replica.lag.time.max.ms` */
  readonly replicaLagTimeMaxMs: number;
  now(): number;
  logConfig(topic: string): LogConfig;
  /** Whether a broker may be in an ISR: registered, not fenced, not shutting down. */
  isEligible(brokerId: number): boolean;
  /** Asks the controller for another ISR; when it agrees, the partition's new image has arrived on return. */
  proposeIsr(partition: Partition, isr: readonly number[]): void;
  /** Wakes a follower of a partition that this broker leads: there is something to fetch. */
  wakeFollower(brokerId: number, partition: Partition): void;
  /** This broker follows the partition: have it fetch from its leader. */
  startFetching(partition: Partition): void;
  /** A file of the partition could not be read or written. */
  storageFailed(partition: Partition, error: unknown): void;
  /** A replica of this broker became leader, or stopped being it. */
  leadershipChanged(partition: Partition, leading: boolean): void;
}
