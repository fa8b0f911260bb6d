import { type FollowerState, Followers, isLate } from './followers.ts';

/** What is asked of the cluster about its brokers. */
export interface Eligibility {
  isEligible(brokerId: number): boolean;
}

/** One replica's time as leader: from winning an epoch until losing it. */
export class Leadership {
  readonly epoch: number;
  /** The log's end when the epoch began; no follower joins the ISR before it has got that far. */
  readonly startOffset: number;
  readonly #brokerId: number;
  readonly #followers = new Followers();

  constructor(brokerId: number, epoch: number, startOffset: number) {
    this.#brokerId = brokerId;
    this.epoch = epoch;
    this.startOffset = startOffset;
  }

  get followers(): readonly FollowerState[] {
    return this.#followers.all();
  }

  follower(brokerId: number): FollowerState | undefined {
    return this.#followers.get(brokerId);
  }

  replicasChanged(replicas: readonly number[], isr: readonly number[], now: number): void {
    this.#followers.follow(
      replicas.filter((id) => id !== this.#brokerId),
      isr,
      now,
    );
  }

  fetched(
    follower: FollowerState,
    fetchOffset: number,
    logStartOffset: number,
    logEndOffset: number,
    now: number,
  ): void {
    this.#followers.fetched(follower, fetchOffset, logStartOffset, logEndOffset, now);
  }

  /**
   * Up to where every replica that counts has the log: the ISR, and followers that have caught up and are about to join it
   * (they must not find, on joining, that the high watermark has passed them).
   */
  replicatedUpTo(
    isr: readonly number[],
    logEndOffset: number,
    now: number,
    maxLagMs: number,
    cluster: Eligibility,
  ): number {
    let offset = logEndOffset;
    for (const follower of this.#followers.all()) {
      const counts =
        isr.includes(follower.brokerId) ||
        (now - follower.lastCaughtUpAt <= maxLagMs && cluster.isEligible(follower.brokerId));
      if (counts && follower.logEndOffset < offset) offset = follower.logEndOffset;
    }
    return offset;
  }

  mayJoinIsr(
    follower: FollowerState,
    isr: readonly number[],
    highWatermark: number,
    cluster: Eligibility,
  ): boolean {
    return (
      !isr.includes(follower.brokerId) &&
      follower.logEndOffset >= highWatermark &&
      follower.logEndOffset >= this.startOffset &&
      cluster.isEligible(follower.brokerId)
    );
  }

  /** Members of the ISR that have fallen too far behind. */
  late(isr: readonly number[], logEndOffset: number, now: number, maxLagMs: number): number[] {
    return this.#followers
      .all()
      .filter((each) => isr.includes(each.brokerId) && isLate(each, logEndOffset, now, maxLagMs))
      .map((each) => each.brokerId);
  }

  /** The lowest log start of this leader and the followers that are alive. */
  lowWatermark(logStartOffset: number, cluster: Eligibility): number {
    return this.#followers
      .all()
      .filter((each) => cluster.isEligible(each.brokerId))
      .reduce((lowest, each) => Math.min(lowest, each.logStartOffset), logStartOffset);
  }
}
