import type { ConnectionInfo } from '../net/handler.ts';
import type { Partition } from '../replica/partition.ts';
import type { Isolation } from '../replica/results.ts';

/** A replica that a fetch waits for, and where it wants to read on. */
export interface AwaitedReplica {
  readonly replica: Partition;
  readonly offset: number;
  /** The leader epoch that the reader believes in, -1 when it does not say. */
  readonly leaderEpoch: number;
  /** The reader is content with a follower (KIP-392). */
  readonly anyReplica: boolean;
}

/**
 * Resolves when a fetch can be answered: something to read and `isEnough`, a replica that stopped leading, the client gone,
 * or the time over (Kafka's DelayedFetch).
 */
export function untilReadable(
  awaited: readonly AwaitedReplica[],
  isolation: Isolation,
  maxWaitMs: number,
  connection: ConnectionInfo,
  isEnough: () => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    let check: NodeJS.Immediate | null = null;
    const done = () => {
      clearTimeout(timer);
      if (check !== null) clearImmediate(check);
      for (const stop of stops) stop();
      resolve();
    };
    const timer = setTimeout(done, maxWaitMs);
    stops.push(connection.onClose(done));
    for (const { replica, offset, leaderEpoch, anyReplica } of awaited) {
      stops.push(
        replica.onProgress(() => {
          const isGone =
            replica.leaderProblem(leaderEpoch, anyReplica) !== 0 || offset < replica.logStartOffset;
          if (!isGone && replica.readableUpTo(isolation) <= offset) return;
          // Once a turn of the event loop, however many partitions have got something in it.
          check ??= setImmediate(() => {
            check = null;
            if (isEnough()) done();
          });
        }),
      );
    }
  });
}
