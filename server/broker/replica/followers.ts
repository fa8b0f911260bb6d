/** A leader's picture of one follower. Times are milliseconds since the epoch. */
export interface FollowerState {
  readonly brokerId: number;
  /** -1 until its first fetch in this leader's epoch. */
  logEndOffset: number;
  logStartOffset: number;
  /** When it last had everything the leader had. */
  lastCaughtUpAt: number;
  lastFetchAt: number;
  /** The leader's log end at its last fetch. */
  leaderEndAtLastFetch: number;
}

/** What a leader knows of its followers (Kafka's `Replica` and `ReplicaState`). */
export class Followers {
  #states: FollowerState[] = [];

  /** Adds and removes states as replicas come and go. Those in sync get the benefit of the doubt until they are late. */
  follow(brokerIds: readonly number[], isr: readonly number[], now: number): void {
    this.#states = brokerIds.map((brokerId) => {
      const known = this.get(brokerId);
      if (known !== undefined) return known;
      const lastCaughtUpAt = isr.includes(brokerId) ? now : 0;
      return {
        brokerId,
        logEndOffset: -1,
        logStartOffset: -1,
        lastCaughtUpAt,
        lastFetchAt: 0,
        leaderEndAtLastFetch: 0,
      };
    });
  }

  get(brokerId: number): FollowerState | undefined {
    return this.#states.find((state) => state.brokerId === brokerId);
  }

  all(): readonly FollowerState[] {
    return this.#states;
  }

  /** A follower fetched from `fetchOffset`: it has everything before. */
  fetched(
    follower: FollowerState,
    fetchOffset: number,
    logStartOffset: number,
    leaderEndOffset: number,
    now: number,
  ): void {
    if (fetchOffset >= leaderEndOffset) follower.lastCaughtUpAt = now;
    else if (fetchOffset >= follower.leaderEndAtLastFetch && follower.lastFetchAt > 0) {
      // It had all there was one fetch ago; new data came in since.
      follower.lastCaughtUpAt = Math.max(follower.lastCaughtUpAt, follower.lastFetchAt);
    }
    follower.logEndOffset = fetchOffset;
    follower.logStartOffset = logStartOffset;
    follower.lastFetchAt = now;
    follower.leaderEndAtLastFetch = leaderEndOffset;
  }
}

/** Whether a follower is too far behind to stay in the ISR (`replica.lag.time.max.ms`). */
export function isLate(
  follower: FollowerState,
  leaderEndOffset: number,
  now: number,
  maxLagMs: number,
): boolean {
  return follower.logEndOffset !== leaderEndOffset && now - follower.lastCaughtUpAt > maxLagMs;
}
