import { ERROR } from '../../protocol/errors.ts';
import type { Partition } from './partition.ts';
import type { ReplicationThrottle } from './replication-throttle.ts';
import type { FollowerFetch, ReadResult } from './results.ts';

/** Partitions in one request, and bytes of one partition and of one answer: Kafka's own limits for the last two. */
const PARTITIONS_PER_FETCH = 500;
const PARTITION_MAX_BYTES = 1024 * 1024;
const RESPONSE_MAX_BYTES = 10 * 1024 * 1024;
/** A fetcher with a lot to copy lets clients in between after this long. */
const MAX_TURN_MS = 4;
/** Wait before asking again for partitions that the leader did not serve. */
const BACKOFF_MS = 100;

/** One partition in a follower's request. */
export interface PartitionFetch extends FollowerFetch {
  readonly topic: string;
  readonly partition: number;
}

/** A leader's broker as a follower reaches it. */
export interface LeaderLink {
  /** One answer for each request, in order, null for a replica it does not have; null when the broker can't be reached. */
  fetch(leaderId: number, requests: readonly PartitionFetch[]): readonly (ReadResult | null)[] | null;
  /** How long a follower's broker waits before each fetch, in milliseconds; 0 unless it was made slow. */
  delayMs(followerId: number): number;
}

/** The broker that fetches. */
export interface FetchingBroker {
  readonly id: number;
  readonly followerThrottle: ReplicationThrottle;
  now(): number;
  storageFailed(partition: Partition, error: unknown): void;
}

/**
 * Copies from one leader's broker to one follower's: one loop for all their partitions. It rests until somebody has
 * something to copy or to tell, and asks only about those partitions.
 */
export class ReplicaFetcher {
  readonly #leaderId: number;
  readonly #link: LeaderLink;
  readonly #broker: FetchingBroker;
  readonly #wanted = new Set<Partition>();
  #scheduled: NodeJS.Immediate | null = null;
  #backoff: NodeJS.Timeout | null = null;
  #delayed: NodeJS.Timeout | null = null;
  /** Over their replication quota: they are tried again after a while. */
  readonly #held = new Set<Partition>();
  #release: NodeJS.Timeout | null = null;

  constructor(leaderId: number, link: LeaderLink, broker: FetchingBroker) {
    this.#leaderId = leaderId;
    this.#link = link;
    this.#broker = broker;
  }

  /** There is (or may be) something to fetch for this follower. */
  want(partition: Partition): void {
    this.#wanted.add(partition);
    if (this.#backoff === null) this.#schedule();
  }

  /** Fetches now until nothing is wanted any more or the leader refuses. */
  drain(): void {
    while (this.#wanted.size > 0 && this.#round());
  }

  stop(): void {
    if (this.#scheduled !== null) clearImmediate(this.#scheduled);
    if (this.#backoff !== null) clearTimeout(this.#backoff);
    this.#scheduled = null;
    this.#backoff = null;
    if (this.#delayed !== null) clearTimeout(this.#delayed);
    if (this.#release !== null) clearTimeout(this.#release);
    this.#delayed = null;
    this.#release = null;
    this.#wanted.clear();
    this.#held.clear();
  }

  #schedule(): void {
    const delayMs = this.#link.delayMs(this.#broker.id);
    if (delayMs > 0) {
      this.#delayed ??= setTimeout(() => {
        this.#delayed = null;
        if (this.#round() && this.#wanted.size > 0) this.#schedule();
      }, delayMs);
      return;
    }
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = null;
      const start = performance.now();
      while (this.#wanted.size > 0) {
        if (!this.#round()) return;
        if (performance.now() - start > MAX_TURN_MS) {
          if (this.#wanted.size > 0) this.#schedule();
          return;
        }
      }
    });
  }

  /** One request and its answer. False when the leader served nothing of it: it is asked again after a while. */
  #round(): boolean {
    const partitions: Partition[] = [];
    for (const partition of this.#wanted) {
      this.#wanted.delete(partition);
      if (!partition.follows(this.#leaderId)) continue;
      if (this.#isHeld(partition)) {
        this.#hold(partition);
        continue;
      }
      partitions.push(partition);
      if (partitions.length === PARTITIONS_PER_FETCH) break;
    }
    if (partitions.length === 0) return true;
    const share = Math.max(64 * 1024, Math.floor(RESPONSE_MAX_BYTES / partitions.length));
    const requests = partitions.map((partition) => ({
      topic: partition.topic,
      partition: partition.partition,
      ...partition.nextFetch(Math.min(PARTITION_MAX_BYTES, share)),
    }));
    const answers = this.#link.fetch(this.#leaderId, requests);
    let served = false;
    for (const [index, partition] of partitions.entries()) {
      const answer = answers?.[index] ?? null;
      if (answer === null || !isServed(answer)) {
        this.#wanted.add(partition);
        continue;
      }
      served = true;
      if (this.#follow(partition, answer)) this.#wanted.add(partition);
    }
    if (!served) this.#retryLater();
    return served;
  }

  /** A replica in the ISR is never held: it would leave it. */
  #isHeld(partition: Partition): boolean {
    const { id, followerThrottle } = this.#broker;
    if (partition.image.isr.includes(id)) return false;
    return followerThrottle.holds(partition.topic, partition.partition, this.#broker.now());
  }

  #hold(partition: Partition): void {
    this.#held.add(partition);
    this.#release ??= setTimeout(() => {
      this.#release = null;
      const held = [...this.#held];
      this.#held.clear();
      for (const each of held) this.want(each);
    }, BACKOFF_MS);
  }

  /** Returns true when the partition is to be asked for again. One whose files fail waits for its next turn. */
  #follow(partition: Partition, answer: ReadResult): boolean {
    const bytes = answer.records.reduce((sum, records) => sum + records.length, 0);
    const { followerThrottle } = this.#broker;
    followerThrottle.record(partition.topic, partition.partition, bytes, this.#broker.now());
    try {
      return partition.follow(answer);
    } catch (error) {
      this.#broker.storageFailed(partition, error);
      return false;
    }
  }

  #retryLater(): void {
    this.#backoff ??= setTimeout(() => {
      this.#backoff = null;
      if (this.#wanted.size > 0) this.#schedule();
    }, BACKOFF_MS);
  }
}

/** Out of range is an answer too: the follower's log is to be cut or begun anew. */
function isServed(answer: ReadResult): boolean {
  return answer.errorCode === 0 || answer.errorCode === ERROR.OFFSET_OUT_OF_RANGE;
}
