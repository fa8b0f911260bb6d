import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { giveBackMemoryOf } from '../client/answer-memory.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { ERROR, errorByCode } from '../protocol/errors.ts';
import { groupBy } from '../snapshot/cluster-link.ts';
import { asFailure } from '../snapshot/read-problem.ts';
import { type FetchedPartition, type FetchLimits, fetchPartitions } from './fetch-partitions.ts';
import { hasMoved } from './has-moved.ts';
import { readLogRanges } from './log-ranges.ts';
import { longPoll } from './long-polls.ts';
import type { PartitionCursor } from './partition-cursor.ts';
import { pause } from './pause.ts';
import { BELIEVE_DELETED_MS, deletedTopic, type ReadableTopic, withoutLeader } from './readable-topic.ts';
import type { ScannedRecord } from './scanned-record.ts';
import { TimeSlice } from './time-slice.ts';
import { turn } from './turn.ts';

export interface ForwardReading {
  topic: ReadableTopic;
  cursors: readonly PartitionCursor[];
  /**
   * `by-time`: each partition to its `end`, the oldest of all partitions' next messages first. `as-they-come`: each
   * partition to its `end`, without waiting for the others. `live`: without end, waiting at the brokers for new ones.
   */
  order: 'by-time' | 'as-they-come' | 'live';
  /** The turns at the thread that are taken; its own ones when left out. */
  slice?: TimeSlice;
  signal: AbortSignal;
}

/** Its bytes are good until the next one is asked for. */
export interface ReadRecord {
  readonly partition: number;
  readonly record: ScannedRecord;
}

/** A broker answers at once when there are messages, and there are, where the log has not been read to its end. */
const MAX_WAIT_MS = 250;
/** What all partitions together may hold in memory, compressed. */
const ALL_PARTITIONS_BYTES = 32 * 1024 * 1024;
const ANSWER_BYTES = 8 * 1024 * 1024;
const PARTITION_BYTES = { least: 16 * 1024, most: 1024 * 1024 };
/** For how long the others wait for a partition whose broker does not answer, so that all go by time. */
const HOLD_MS = 1000;
/** After failing for this long a partition is left out, unless one follows: then it may come back at any time. */
const GIVE_UP_MS = 5000;
const RANGE_PATIENCE_MS = 2000;

/**
 * Reads partitions forward from their cursors. Never throws for a single partition: its cursor keeps the failure. Throws
 * `not_found` when the topic is deleted and `cancelled` when the signal fires.
 */
export async function* readForward(reading: ForwardReading): AsyncGenerator<ReadRecord, void> {
  const { cursors, signal, slice = new TimeSlice() } = reading;
  const stop = new AbortController();
  const fetches = new LeaderFetches({ ...reading, signal: AbortSignal.any([signal, stop.signal]) });
  try {
    for (;;) {
      if (signal.aborted) throw new Failure('cancelled', say('read.cancelled'));
      if (fetches.isTopicDeleted) throw deletedTopic(reading.topic);
      giveUp(reading);
      fetches.begin();
      for (const cursor of behindFirst(reading)) cursor.advance(slice);
      const next = nextOf(reading, fetches);
      if (next) {
        const { partition } = next;
        yield { partition, record: next.take() };
      } else if (cursors.every((cursor) => cursor.isDone)) return;
      else if (cursors.some((cursor) => cursor.canAdvance)) {
        // Answers and other readings have their turn.
        await turn();
        slice.begin();
      } else {
        // What was at hand may have come to its end just now.
        fetches.begin();
        await fetches.change();
      }
    }
  } finally {
    stop.abort();
  }
}

/** Those that have something to look at; a turn may be over before the last one. */
function behindFirst({ cursors, order }: ForwardReading): PartitionCursor[] {
  const ready = cursors.filter((cursor) => cursor.canAdvance);
  if (ready.length < 2) return ready;
  return order === 'by-time'
    ? ready.sort((one, other) => one.timestamp - other.timestamp)
    : ready.sort((one, other) => one.scanned - other.scanned);
}

/** The cursor with the oldest record; none while one may come up with an older one. */
function nextOf({ cursors, order }: ForwardReading, fetches: LeaderFetches): PartitionCursor | null {
  let oldest: PartitionCursor | null = null;
  for (const cursor of cursors) {
    if (cursor.head === null) continue;
    if (oldest === null || cursor.head.timestamp < oldest.head!.timestamp) oldest = cursor;
  }
  if (order !== 'by-time' || oldest === null) return oldest;
  const { timestamp } = oldest.head!;
  return cursors.some((cursor) => cursor.timestamp < timestamp && fetches.mayBring(cursor)) ? null : oldest;
}

function giveUp({ cursors, order }: ForwardReading): void {
  if (order === 'live') return;
  for (const cursor of cursors) {
    if (cursor.failure && !cursor.isFetching && Date.now() - cursor.failingSince > GIVE_UP_MS) {
      cursor.hasGivenUp = true;
    }
  }
}

/** At most one Fetch at a time to each broker, for all partitions it leads of which nothing is at hand. */
class LeaderFetches {
  readonly #reading: ForwardReading;
  readonly #limits: FetchLimits;
  readonly #underWay = new Map<number, { since: number; done: Promise<void> }>();
  /** Since when the cluster has not had the topic; null while it has. */
  #missingSince: number | null = null;

  constructor(reading: ForwardReading) {
    this.#reading = reading;
    const share = Math.floor(ALL_PARTITIONS_BYTES / reading.cursors.length);
    this.#limits = {
      maxWaitMs: MAX_WAIT_MS,
      maxBytes: ANSWER_BYTES,
      partitionMaxBytes: Math.min(PARTITION_BYTES.most, Math.max(PARTITION_BYTES.least, share)),
    };
  }

  get isTopicDeleted(): boolean {
    if (this.#reading.topic.exists) this.#missingSince = null;
    else this.#missingSince ??= Date.now();
    return this.#missingSince !== null && Date.now() - this.#missingSince > BELIEVE_DELETED_MS;
  }

  /** Whether a record of the partition is worth waiting for: it has not failed, and its broker is not late to answer. */
  mayBring(cursor: PartitionCursor): boolean {
    if (cursor.head !== null || cursor.isDone || cursor.failure) return false;
    if (cursor.canAdvance || cursor.waitsFor) return true;
    const leader = this.#reading.topic.leaderOf(cursor.partition);
    if (leader === null) return false;
    const fetch = this.#underWay.get(leader);
    return fetch === undefined || fetch.since >= Date.now() - HOLD_MS;
  }

  /** Asks every broker that is idle for what its partitions lack. */
  begin(): void {
    const { cursors, topic, order } = this.#reading;
    const now = Date.now();
    const hungry = cursors.filter((cursor) => cursor.isHungry && cursor.retryAt <= now);
    if (hungry.length === 0) return;
    for (const [leader, all] of groupBy(hungry, ({ partition }) => topic.leaderOf(partition))) {
      if (leader === null) {
        for (const cursor of all) cursor.failed(withoutLeader(topic, cursor.partition));
        continue;
      }
      if (this.#underWay.has(leader)) continue;
      // One request asks for one isolation level. Where the broker does not wait is first, so that nobody starves.
      const isolation = all.some((cursor) => cursor.isolation === 'committed') ? 'committed' : 'uncommitted';
      const led = all.filter((cursor) => cursor.isolation === isolation);
      // A broker that is asked to wait must be asked for all its partitions.
      const hasMore = (cursor: PartitionCursor) =>
        (cursor.head !== null || cursor.canAdvance) && topic.leaderOf(cursor.partition) === leader;
      if (order === 'live' && cursors.some(hasMore)) continue;
      for (const cursor of led) cursor.isFetching = true;
      const done = this.#fetch(leader, led)
        .catch((error: unknown) => {
          for (const cursor of led) cursor.failed(asFailure(error), true);
        })
        .finally(() => {
          for (const cursor of led) cursor.isFetching = false;
          this.#underWay.delete(leader);
        });
      this.#underWay.set(leader, { since: now, done });
    }
  }

  /** Until a broker has answered, a partition may be tried again, or the signal fires. */
  async change(): Promise<void> {
    const { cursors, signal } = this.#reading;
    const now = Date.now();
    const retries = cursors.filter((cursor) => cursor.isHungry).map(({ retryAt }) => retryAt);
    const holds = [...this.#underWay.values()].map(({ since }) => since + HOLD_MS);
    const wakeAt = [...retries, ...holds]
      .filter((at) => at > now)
      .reduce((soonest, at) => Math.min(soonest, at), now + HOLD_MS);
    const stop = new AbortController();
    try {
      await Promise.race([
        ...[...this.#underWay.values()].map(({ done }) => done),
        ...cursors.flatMap(({ waitsFor }) => waitsFor ?? []),
        pause(Math.max(1, wakeAt - now), AbortSignal.any([signal, stop.signal])),
      ]);
    } finally {
      stop.abort();
    }
  }

  /** What goes wrong is kept by the cursors. */
  async #fetch(leader: number, led: PartitionCursor[]): Promise<void> {
    const { topic, order, signal } = this.#reading;
    // Only the first one in a request is sure to get a batch that is larger than the limits.
    const wanted = led
      .map((cursor) => ({
        cursor,
        partition: cursor.partition,
        fetchFrom: cursor.fetchFrom,
        wantedBytes: cursor.wantedBytes,
      }))
      .sort((one, other) => other.cursor.emptyFetches - one.cursor.emptyFetches);
    const { isolation } = wanted[0]!.cursor;
    let fetched: FetchedPartition[];
    const poll = order === 'live' ? await longPoll(topic.client, leader, signal) : null;
    try {
      const limits = poll ? { ...this.#limits, maxWaitMs: poll.maxWaitMs } : this.#limits;
      fetched = await fetchPartitions(topic, leader, wanted, isolation, limits, signal);
    } catch (error) {
      if (signal.aborted) return;
      const failure = asFailure(error);
      const isFinal = failure.code === 'unsupported_by_cluster' || failure.code === 'internal';
      for (const cursor of led) cursor.failed(failure, isFinal);
      if (!isFinal) await this.#lookAgain();
      return;
    } finally {
      poll?.end();
    }
    const byPartition = new Map(fetched.map((one) => [one.partition, one]));
    const onLeft = givingBack(fetched);
    const outOfRange: PartitionCursor[] = [];
    let isMoved = false;
    for (const { cursor, fetchFrom } of wanted) {
      const one = byPartition.get(cursor.partition);
      // It is somewhere else by now, and asks for that itself.
      if (signal.aborted || cursor.fetchFrom !== fetchFrom) continue;
      if (!one)
        cursor.failed(new Failure('internal', say('read.leftOut', { broker: leader, name: cursor.subject })));
      else if (one.errorCode === ERROR.NONE) cursor.load(one, onLeft);
      else if (one.errorCode === ERROR.OFFSET_OUT_OF_RANGE) outOfRange.push(cursor);
      else {
        const canRetry = hasMoved(one.errorCode) || errorByCode(one.errorCode).retriable;
        cursor.failed(
          kafkaFailure(one.errorCode, say('kafka.readingPartition', { name: cursor.subject })),
          !canRetry,
        );
        isMoved ||= canRetry;
      }
    }
    if (outOfRange.length > 0) await this.#findRange(outOfRange);
    if (isMoved) await this.#lookAgain();
  }

  /** Retention or a new leader has taken the offsets away that were to be read next. */
  async #findRange(cursors: PartitionCursor[]): Promise<void> {
    const { topic, signal, order } = this.#reading;
    const partitions = cursors.map(({ partition }) => partition);
    const query = { timestamp: null, patienceMs: RANGE_PATIENCE_MS, signal };
    const ranges = await readLogRanges(topic, partitions, query).catch((error: unknown) => asFailure(error));
    for (const cursor of cursors) {
      if (signal.aborted) return;
      const range = ranges instanceof Failure ? ranges : ranges.get(cursor.partition)!;
      if (range instanceof Failure) cursor.failed(range);
      else if (cursor.fetchFrom < range.logStartOffset) {
        cursor.jump({ ...range, position: range.logStartOffset });
      } else if (cursor.fetchFrom > range.logEndOffset) {
        cursor.jump({ ...range, position: range.logEndOffset });
        if (order !== 'live') cursor.end = Math.min(cursor.end, range.logEndOffset);
      } else
        cursor.failed(
          kafkaFailure(ERROR.OFFSET_OUT_OF_RANGE, say('kafka.readingPartition', { name: cursor.subject })),
        );
    }
  }

  async #lookAgain(): Promise<void> {
    const { topic, signal } = this.#reading;
    await Promise.race([topic.lookAgain(), pause(RANGE_PATIENCE_MS, signal)]);
  }
}

/** To be called once for each partition of an answer that was loaded: after the last one its memory is used again. */
function givingBack(fetched: readonly FetchedPartition[]): () => void {
  let left = fetched.length;
  return () => {
    left -= 1;
    if (left === 0) for (const { records } of fetched) giveBackMemoryOf(records);
  };
}
