import type { ClusterClient } from '../client/cluster-client.ts';
import type { ClusterSnapshot } from './cluster-snapshot.ts';

export type ClusterStatus = 'connecting' | 'ok' | 'degraded' | 'unreachable';

export declare class SnapshotKeeper {
  constructor(options: { client: ClusterClient });
  /** The newest snapshot, at once; waits only for the very first one, and throws a Failure if that cannot be read. */
  current(): Promise<ClusterSnapshot>;
  /** The newest snapshot if there is one. Does not count as reading: nothing is kept fresher for it. */
  latest(): ClusterSnapshot | null;
  status(): ClusterStatus;
  /** Reads the cluster again as soon as possible: call it after every change. */
  refreshSoon(): void;
  /** A snapshot that was read entirely after this call; throws a Failure. */
  refreshed(): Promise<ClusterSnapshot>;
  /** Starts refreshing in the background. */
  start(): void;
  close(): void;
}
