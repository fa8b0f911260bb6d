import type { FileStore } from '../log/file-store.ts';
import type { LogConfig } from '../log/log-config.ts';
import type { RecentBatches } from '../log/recent-batches.ts';

/** What a replica's log needs of the broker that holds it. */
export interface LogHost {
  readonly store: FileStore;
  readonly recent: RecentBatches;
  logConfig(topic: string): LogConfig;
}

/** What a replica needs of the broker that holds it. `Replica` is the replica's own type, told back to the broker. */
export interface PartitionHost<Replica> extends LogHost {
  readonly id: number;
  /** `replica.lag.time.max.ms` */
  readonly replicaLagTimeMaxMs: number;
  /** `transaction.partition.verification.enable` */
  readonly verifiesTransactions: boolean;
  now(): number;
  /** Whether a broker may be in an ISR: registered, not fenced, not shutting down. */
  isEligible(brokerId: number): boolean;
  /** Asks the controller for another ISR; when it agrees, the partition's new image has arrived on return. */
  proposeIsr(replica: Replica, isr: readonly number[]): void;
  /** Wakes a follower of a partition that this broker leads: there is something to fetch. */
  wakeFollower(brokerId: number, replica: Replica): void;
  /** This broker follows the partition: have it fetch from its leader. */
  startFetching(replica: Replica): void;
  /** A file of the partition could not be read or written. */
  storageFailed(replica: Replica, error: unknown): void;
  /** A replica of this broker became leader, or stopped being it. */
  leadershipChanged(replica: Replica, leading: boolean): void;
}
