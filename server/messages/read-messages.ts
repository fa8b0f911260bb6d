import { Failure } from '../../lib/contract/failure.ts';
import type { MessageQuery } from '../../lib/contract/message-query.ts';
import type { Message, MessageEnd, MessageLine, MessageProgress } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { asFailure, type MissingPart, problemOf } from '../snapshot/read-problem.ts';
import { type LogRange, readLogRanges } from './log-ranges.ts';
import { messageLines } from './message-lines.ts';
import { messageOfRecord } from './message-of-record.ts';
import { PartitionCursor } from './partition-cursor.ts';
import { pause } from './pause.ts';
import { readForward } from './read-forward.ts';
import { readNewest } from './read-newest.ts';
import { startOffsets } from './start-offsets.ts';
import { invalidFrom, parseStartPosition, type StartPosition } from './start-position.ts';
import { sumUpProblems } from './sum-up-problems.ts';
import { TopicView } from './topic-view.ts';

/** How long leaders are looked for before the stream begins without some. */
const START_PATIENCE_MS = 2500;
/** While following, partitions that could not be read at first are tried again as often. */
const MISSING_RETRY_MS = 1000;

/**
 * Reads messages of a topic, as lines. What the request has wrong is thrown before the first line: `not_found` for the
 * topic or a partition, `invalid_request` with the field `from`; and so is what keeps every partition from being read.
 * Partitions that cannot be read later are left out, and the last line says which.
 *
 * `latest` gives the newest `limit` messages, newest first; with `follow` they come oldest first, then new ones as they
 * arrive. From anywhere else messages go forward, by time across partitions, to where the logs ended when the reading
 * began; with `follow` they go on from there, and `limit` ends nothing.
 */
export async function readMessages(
  cluster: Cluster,
  topicName: string,
  query: MessageQuery,
  signal: AbortSignal,
): Promise<AsyncIterable<Unspoken<MessageLine>>> {
  const position = parseStartPosition(query.from);
  const named = namedPartitions(position, query.partition);
  const topic = await TopicView.open(cluster, topicName, {
    partitions: named ?? [],
    field: query.partition === undefined ? 'from' : 'partition',
  });
  const partitions = named ?? topic.partitions;
  const found = await readLogRanges(topic, partitions, {
    timestamp: position.kind === 'timestamp' ? position.timestamp : null,
    patienceMs: START_PATIENCE_MS,
    signal,
  });
  const reading = new Reading(topic, position, query, found);
  return reading.lines(signal);
}

/** The partitions that the request names; null: it means all. */
function namedPartitions(position: StartPosition, partition: number | undefined): number[] | null {
  if (position.kind !== 'offsets') return partition === undefined ? null : [partition];
  if (partition === undefined) return [...position.byPartition.keys()];
  if (!position.byPartition.has(partition)) throw invalidFrom(say('read.noOffsetFor', { partition }));
  return [partition];
}

class Reading {
  readonly #topic: TopicView;
  readonly #position: StartPosition;
  readonly #query: MessageQuery;
  readonly #ranges = new Map<number, LogRange>();
  readonly #cursors: PartitionCursor[] = [];
  /** Partitions that could not be read at first. */
  readonly #missing = new Map<number, Failure>();
  /** What went wrong on the way back through the logs. */
  readonly #problems: MissingPart[] = [];
  /** While the newest are read backwards: how far back. */
  readonly #backTo = new Map<number, number>();
  /** Partitions that could not be read back. */
  readonly #lost = new Set<number>();
  #scannedBefore = 0;
  #sent = 0;
  #isLimited = false;

  constructor(
    topic: TopicView,
    position: StartPosition,
    query: MessageQuery,
    found: ReadonlyMap<number, LogRange | Failure>,
  ) {
    this.#topic = topic;
    this.#position = position;
    this.#query = query;
    for (const [partition, range] of [...found].sort(([one], [other]) => one - other)) {
      if (range instanceof Failure) this.#missing.set(partition, range);
      else this.#ranges.set(partition, range);
    }
    const [why] = this.#missing.values();
    if (this.#ranges.size === 0 && why) throw why;
    if (position.kind !== 'latest') this.#beginAt(startOffsets(position, this.#ranges));
  }

  /** The stream; ends within moments when the signal fires or nobody reads it any more. */
  lines(signal: AbortSignal): AsyncIterable<Unspoken<MessageLine>> {
    const stop = new AbortController();
    const lines = messageLines({
      messages: this.#messages(AbortSignal.any([signal, stop.signal])),
      progress: () => this.#progress(),
      end: (error) => this.#end(error),
    });
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => lines.next(),
        // A generator only hears of this when it yields the next time: what it waits for has to end.
        return: () => {
          stop.abort();
          return lines.return();
        },
      }),
    };
  }

  async *#messages(signal: AbortSignal): AsyncGenerator<Message, void> {
    const { limit, follow } = this.#query;
    if (this.#position.kind === 'latest') {
      if (!follow) return yield* this.#newest(signal);
      await this.#beginAtNewest(signal);
    }
    yield* this.#forward('by-time', follow ? Number.POSITIVE_INFINITY : limit, signal);
    if (!follow) return;
    for (const cursor of this.#cursors) cursor.follow();
    void this.#findMissing(signal);
    yield* this.#forward('live', Number.POSITIVE_INFINITY, signal);
  }

  async *#forward(order: 'by-time' | 'live', limit: number, signal: AbortSignal) {
    const { maxBytes } = this.#query;
    const reading = { topic: this.#topic, cursors: this.#cursors, order, signal };
    for await (const { partition, record } of readForward(reading)) {
      this.#sent += 1;
      yield messageOfRecord(partition, record, maxBytes);
      if (this.#sent >= limit) {
        this.#isLimited = this.#cursors.some((cursor) => !cursor.isDone);
        return;
      }
    }
  }

  /** Newest first. */
  async *#newest(signal: AbortSignal): AsyncGenerator<Message, void> {
    const { limit, maxBytes } = this.#query;
    const keep = (partition: number, record: Parameters<typeof messageOfRecord>[1]) =>
      messageOfRecord(partition, record, maxBytes);
    for await (const { partition, offset, kept } of readNewest({
      ...this.#newestReading(signal),
      keep,
      keptMaxBytes: maxBytes,
    })) {
      this.#sent += 1;
      this.#backTo.set(partition, offset);
      yield kept;
    }
    this.#isLimited = this.#sent === limit;
  }

  /** Finds where the newest `limit` messages begin, to read on from there. */
  async #beginAtNewest(signal: AbortSignal): Promise<void> {
    const starts = new Map(
      [...this.#ranges].map(([partition, { logEndOffset }]) => [partition, logEndOffset]),
    );
    for await (const { partition, offset } of readNewest({
      ...this.#newestReading(signal),
      keep: () => null,
      keptMaxBytes: 0,
    })) {
      starts.set(partition, offset);
    }
    this.#beginAt(starts);
  }

  #newestReading(signal: AbortSignal) {
    return {
      topic: this.#topic,
      ranges: this.#ranges,
      limit: this.#query.limit,
      signal,
      onRead: (cursor: PartitionCursor) => {
        this.#scannedBefore += cursor.scanned;
        this.#problems.push(...cursor.problems);
        if (cursor.isLost) this.#lost.add(cursor.partition);
      },
    };
  }

  #beginAt(starts: ReadonlyMap<number, number>): void {
    for (const [partition, position] of starts) {
      const range = this.#ranges.get(partition)!;
      const at = { ...range, position, end: range.logEndOffset };
      this.#cursors.push(new PartitionCursor(this.#topic.name, partition, at));
    }
  }

  /** While following: partitions that had no leader join when they have one. Never throws. */
  async #findMissing(signal: AbortSignal): Promise<void> {
    while (this.#missing.size > 0 && !signal.aborted) {
      await pause(MISSING_RETRY_MS, signal);
      const found = await readLogRanges(this.#topic, [...this.#missing.keys()], {
        timestamp: this.#position.kind === 'timestamp' ? this.#position.timestamp : null,
        patienceMs: START_PATIENCE_MS,
        signal,
      }).catch(() => new Map<number, LogRange | Failure>());
      for (const [partition, range] of found) {
        if (range instanceof Failure) this.#missing.set(partition, range);
        else this.#join(partition, range);
      }
    }
  }

  #join(partition: number, range: LogRange): void {
    try {
      const starts =
        this.#position.kind === 'latest'
          ? new Map([[partition, range.logEndOffset]])
          : startOffsets(this.#position, new Map([[partition, range]]));
      this.#ranges.set(partition, range);
      this.#beginAt(starts);
      this.#cursors.at(-1)!.follow();
      this.#missing.delete(partition);
    } catch (error) {
      this.#missing.set(partition, asFailure(error));
    }
  }

  #progress(): Unspoken<MessageProgress> {
    const scanned = this.#cursors.reduce((sum, cursor) => sum + cursor.scanned, this.#scannedBefore);
    const partitions =
      this.#cursors.length > 0
        ? this.#cursors.map((cursor) => cursor.progress)
        : [...this.#ranges].map(([partition, { logStartOffset, logEndOffset }]) => ({
            partition,
            position: this.#backTo.get(partition) ?? logEndOffset,
            remaining: 0,
            logStartOffset,
            logEndOffset,
          }));
    const problems = sumUpProblems(this.#allProblems(null));
    const lacking = problems.length > 0 ? { problems } : {};
    return {
      type: 'progress',
      scanned,
      matched: this.#sent,
      sent: this.#sent,
      bytes: 0,
      elapsedMs: 0,
      remaining: null,
      partitions,
      ...lacking,
    };
  }

  #end(error: unknown): Unspoken<MessageEnd> {
    const failure = error === undefined ? null : asFailure(error);
    return {
      type: 'end',
      reason: this.#reason(failure),
      scanned: this.#cursors.reduce((sum, cursor) => sum + cursor.scanned, this.#scannedBefore),
      matched: this.#sent,
      sent: this.#sent,
      // A topic that is gone cannot be read on.
      nextFrom: failure?.code === 'not_found' ? {} : this.#nextFrom(),
      problems: sumUpProblems(this.#allProblems(failure)),
    };
  }

  #nextFrom(): Record<string, number> {
    const offsets =
      this.#cursors.length > 0
        ? this.#cursors.map(({ partition, position }) => [partition, position])
        : [...this.#ranges].map(([partition, { logEndOffset }]) => [partition, logEndOffset]);
    return Object.fromEntries(offsets);
  }

  #allProblems(failure: Failure | null): MissingPart[] {
    const { name } = this.#topic;
    if (failure && failure.code !== 'cancelled')
      return [problemOf(say('part.topic', { topic: name }), failure)];
    const missing = [...this.#missing].map(([partition, why]) =>
      problemOf(say('part.partition', { name: `${name}-${partition}` }), why),
    );
    return [...missing, ...this.#problems, ...this.#cursors.flatMap((cursor) => cursor.problems)];
  }

  #reason(failure: Failure | null): MessageEnd['reason'] {
    if (failure) return failure.code === 'cancelled' ? 'cancelled' : 'failed';
    if (this.#isLimited) return 'limit';
    const isAllLost =
      this.#cursors.length > 0
        ? this.#cursors.every((cursor) => cursor.isLost)
        : this.#ranges.size > 0 && this.#lost.size === this.#ranges.size;
    return isAllLost ? 'failed' : 'end-of-log';
  }
}
