import { ZERO_UUID } from '../../protocol/default-value.ts';
import type { FetchPartition, FetchRequest } from '../../protocol/messages/fetch.ts';

/** A partition that a client wants to read. */
export interface WantedPartition {
  /** '' where the client names it by id. */
  readonly topic: string;
  readonly topicId: string;
  readonly request: FetchPartition;
}

/** What a session looks at in a partition's result. */
export interface FetchedPartition {
  readonly errorCode: number;
  readonly highWatermark: bigint;
  readonly logStartOffset: bigint;
  readonly records: Buffer;
  readonly preferredReadReplica?: number;
  readonly divergingEpoch?: object;
}

interface CachedPartition {
  wanted: WantedPartition;
  /** What the client was last told; -1: nothing that holds. */
  highWatermark: bigint;
  logStartOffset: bigint;
}

const MAX_EPOCH = 2 ** 31 - 1;
const UNTOLD = -1n;

/** The epoch of a session's next request; 0 stands for the first and -1 for the last, so it goes on with 1. */
export function nextEpoch(epoch: number): number {
  return epoch === MAX_EPOCH ? 1 : epoch + 1;
}

/** The partitions that a request names itself. */
export function wantedOf({ topics }: FetchRequest): WantedPartition[] {
  return topics.flatMap(({ topic, topicId, partitions }) =>
    partitions.map((request) => ({ topic, topicId, request })),
  );
}

/** Each partition once, as it was named last. */
export function withoutDuplicates(wanted: readonly WantedPartition[]): WantedPartition[] {
  return [...new Map(wanted.map((each) => [keyOf(each), each])).values()];
}

function keyOf({ topic, topicId, request }: WantedPartition): string {
  return `${topicId === ZERO_UUID ? topic : topicId} ${request.partition}`;
}

/** The partitions that a request drops from its session. */
export function keysOfForgotten({ forgottenTopicsData }: FetchRequest, usesTopicIds: boolean): string[] {
  return forgottenTopicsData.flatMap(({ topic, topicId, partitions }) =>
    partitions.map((partition) => `${usesTopicIds ? topicId : topic} ${partition}`),
  );
}

/** One client's fetch session (KIP-227). */
export class FetchSession {
  readonly id: number;
  readonly isFollower: boolean;
  readonly usesTopicIds: boolean;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  lastUsedAt: number;
  /** What the next request has to say. */
  epoch = 1;
  /** Those that had no data for longest come first, so that all get their turn within the size of an answer. */
  readonly #partitions = new Map<string, CachedPartition>();

  constructor(
    id: number,
    { isFollower, usesTopicIds, now }: { isFollower: boolean; usesTopicIds: boolean; now: number },
  ) {
    this.id = id;
    this.isFollower = isFollower;
    this.usesTopicIds = usesTopicIds;
    this.createdAt = now;
    this.lastUsedAt = now;
  }

  get size(): number {
    return this.#partitions.size;
  }

  /** Takes over what a request adds, changes and drops. */
  update(named: readonly WantedPartition[], forgotten: readonly string[]): void {
    for (const wanted of named) {
      const key = keyOf(wanted);
      const known = this.#partitions.get(key);
      if (known !== undefined) known.wanted = wanted;
      else this.#partitions.set(key, { wanted, highWatermark: UNTOLD, logStartOffset: UNTOLD });
    }
    for (const key of forgotten) this.#partitions.delete(key);
  }

  wanted(): WantedPartition[] {
    return Array.from(this.#partitions.values(), ({ wanted }) => wanted);
  }

  /** Those of the results (one for each of `wanted()`, in order) that the client does not know yet. */
  news<Result extends FetchedPartition>(results: readonly Result[]): Result[] {
    const news: Result[] = [];
    for (const [index, [key, partition]] of [...this.#partitions].entries()) {
      const result = results[index];
      if (result === undefined) break;
      const isNew =
        result.records.length > 0 ||
        result.errorCode !== 0 ||
        result.highWatermark !== partition.highWatermark ||
        result.logStartOffset !== partition.logStartOffset ||
        (result.preferredReadReplica ?? -1) >= 0 ||
        result.divergingEpoch !== undefined;
      if (!isNew) continue;
      news.push(result);
      // After an error the client is told again where the partition stands.
      partition.highWatermark = result.errorCode === 0 ? result.highWatermark : UNTOLD;
      partition.logStartOffset = result.logStartOffset;
      if (result.records.length === 0) continue;
      this.#partitions.delete(key);
      this.#partitions.set(key, partition);
    }
    return news;
  }
}
