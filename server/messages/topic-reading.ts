import { Failure } from '../../lib/contract/failure.ts';
import type { Message, MessageEnd, MessageProgress } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { asFailure, type MissingPart, problemOf } from '../snapshot/read-problem.ts';
import { tellUnevaluated, type Unevaluated } from './filter/unevaluated.ts';
import { type LogRange, readLogRanges } from './log-ranges.ts';
import { OffsetWindows } from './offset-windows.ts';
import { PartitionCursor } from './partition-cursor.ts';
import { pause } from './pause.ts';
import { readForward } from './read-forward.ts';
import { readNewest } from './read-newest.ts';
import type { ReadableTopic } from './readable-topic.ts';
import { type PlannedPartition, type Positions, planPartition, type ReadingPlan } from './reading-plan.ts';
import type { RecordGate } from './record-gate.ts';
import type { ScannedRecord } from './scanned-record.ts';
import { sumOf } from './sum-of.ts';
import { sumUpProblems } from './sum-up-problems.ts';
import type { TimeSlice } from './time-slice.ts';
import { unlessCancelled } from './unless-cancelled.ts';

/** While following, partitions that could not be read at first are tried again as often. */
const MISSING_RETRY_MS = 1000;
const NONE_UNEVALUATED: Unevaluated = { count: 0, first: null };
const MISSING_PATIENCE_MS = 2500;

/** What is read, and how it is told. */
export interface ReadingOptions {
  readonly topic: ReadableTopic;
  readonly positions: Positions;
  readonly plan: ReadingPlan;
  readonly gate: RecordGate;
  /** Messages at most; infinity for all. */
  readonly limit: number;
  readonly follow: boolean;
  /** `as-they-come`: each partition as fast as it goes, without regard to time. */
  readonly inOrderOfTime: boolean;
  /** Bytes of keys and values that are told at most. */
  readonly maxBytes: number;
  /** A promise where a schema has to be fetched first. */
  readonly tell: Tell;
  /** Grows as records are tested. */
  readonly unevaluated?: Readonly<Unevaluated>;
  readonly slice?: TimeSlice;
}

/** What the contract tells of a record. */
export type Tell = (
  partition: number,
  record: ScannedRecord,
) => Unspoken<Message> | Promise<Unspoken<Message>>;

export type Take = (partition: number, record: ScannedRecord) => Promise<void> | undefined;

/** A message that was read, with the time that it is ordered by: milliseconds since the epoch, -1 for none. */
export interface ToldMessage {
  readonly timestamp: number;
  readonly message: Unspoken<Message>;
}

/** Where messages come from, in whichever thread they are read. */
export interface MessageSource {
  readonly matched: number;
  readonly unevaluated: Readonly<Unevaluated>;
  /** No message that is still to come is probably older than this, or newer where the newest come first. */
  readonly timestamp: number;
  /** Throws `cancelled` when the signal fires, `not_found` when the topic is deleted. */
  messages(signal: AbortSignal): AsyncGenerator<ToldMessage, void>;
  progress(): Unspoken<MessageProgress>;
  end(error: unknown): Unspoken<MessageEnd>;
}

/** One reading of some partitions of one topic, in whichever thread it is. */
export class TopicReading implements MessageSource {
  readonly #options: ReadingOptions;
  readonly #cursors: PartitionCursor[] = [];
  /** Steps back that are under way. */
  readonly #steps = new Map<number, PartitionCursor>();
  /** Partitions that could not be read at first. */
  readonly #missing: Map<number, Failure>;
  readonly #planned: Map<number, PlannedPartition>;
  /** What went wrong on the way back through the logs. */
  readonly #problems: MissingPart[] = [];
  /** While the newest are read backwards: how far back all was read, and where that could be gone on with. */
  readonly #readTo = new Map<number, number>();
  #untils: () => ReadonlyMap<number, number> = () => new Map();
  #bound = Number.POSITIVE_INFINITY;
  /** Partitions that could not be read back. */
  readonly #lost = new Set<number>();
  readonly #begun = performance.now();
  #scannedBefore = 0;
  #bytesBefore = 0;
  #matched = 0;
  #isLimited = false;
  #isOver = false;
  /** What is being told at the moment, which may wait for a schema. */
  #telling: { partition: number; offset: number; timestamp: number } | null = null;

  constructor(options: ReadingOptions) {
    this.#options = options;
    this.#missing = new Map(options.plan.missing);
    this.#planned = new Map(options.plan.partitions.map((planned) => [planned.partition, planned]));
  }

  get matched(): number {
    return this.#matched;
  }

  get unevaluated(): Readonly<Unevaluated> {
    return this.#options.unevaluated ?? NONE_UNEVALUATED;
  }

  get timestamp(): number {
    if (this.#isBackwards) return this.#bound;
    const pending = this.#cursors.filter((cursor) => !cursor.isDone && !cursor.failure);
    return pending.reduce(
      (least, { head, timestamp }) => Math.min(least, head?.timestamp ?? timestamp),
      this.#telling?.timestamp ?? Number.POSITIVE_INFINITY,
    );
  }

  async *messages(signal: AbortSignal): AsyncGenerator<ToldMessage, void> {
    try {
      yield* this.#read(signal);
    } finally {
      this.#isOver = true;
    }
  }

  /**
   * Gives each message to `take` instead of telling it, each partition as fast as it goes. Throws as `messages`.
   *
   * @param take a promise where a schema has to be fetched first
   */
  async takeEach(take: Take, signal: AbortSignal): Promise<void> {
    const { topic, plan, slice } = this.#options;
    this.#begin(plan.partitions);
    const reading = { topic, cursors: this.#cursors, order: 'as-they-come' as const, slice, signal };
    try {
      for await (const { partition, record } of readForward(reading)) {
        this.#telling = { partition, offset: record.offset, timestamp: record.timestamp };
        const waiting = take(partition, record);
        if (waiting) await unlessCancelled(waiting, signal);
        this.#telling = null;
        this.#matched += 1;
      }
    } finally {
      this.#isOver = true;
    }
  }

  async *#read(signal: AbortSignal): AsyncGenerator<ToldMessage, void> {
    const { plan, positions, limit, follow } = this.#options;
    if (plan.order === 'newest' && !follow) {
      yield* this.#newest(signal);
      return;
    }
    if (positions.start.kind === 'latest') await this.#beginAtNewest(signal);
    else this.#begin(plan.partitions.map((planned) => ({ ...planned, start: planned.start })));
    const order = this.#options.inOrderOfTime ? 'by-time' : 'as-they-come';
    yield* this.#forward(order, follow ? Number.POSITIVE_INFINITY : limit, signal);
    if (!follow) return;
    for (const cursor of this.#cursors) cursor.follow();
    void this.#findMissing(signal);
    yield* this.#forward('live', Number.POSITIVE_INFINITY, signal);
  }

  /**
   * By partition, where to go on with what was not given yet: the next `from`, or `until` where the newest come first. Null
   * while it is being found where to begin.
   */
  get goOn(): Record<string, number> | null {
    if (this.#isBackwards) return this.#nextUntil();
    return this.#cursors.length === 0 ? null : this.#nextFrom();
  }

  progress(): Unspoken<MessageProgress> {
    const partitions = [...this.#cursors, ...this.#backwards()].map((at) => at.progress);
    const isOpen = partitions.some(({ remaining }) => remaining === null);
    const problems = sumUpProblems(this.#allProblems(null));
    const lacking = problems.length > 0 ? { problems } : {};
    return {
      type: 'progress',
      scanned: this.#scanned,
      matched: this.#matched,
      sent: this.#matched,
      bytes: this.#bytesBefore + sumOf(this.#reading(), ({ bytes }) => bytes),
      elapsedMs: Math.round(performance.now() - this.#begun),
      remaining: isOpen ? null : sumOf(partitions, ({ remaining }) => remaining ?? 0),
      partitions,
      ...tellUnevaluated(this.unevaluated),
      ...lacking,
    };
  }

  end(error: unknown): Unspoken<MessageEnd> {
    const failure = error === undefined ? null : asFailure(error);
    const isNewestFirst = this.#isBackwards;
    return {
      type: 'end',
      reason: this.#reason(failure),
      scanned: this.#scanned,
      matched: this.#matched,
      sent: this.#matched,
      // A topic that is gone cannot be read on.
      nextFrom: failure?.code === 'not_found' ? {} : this.#nextFrom(),
      ...(isNewestFirst ? { nextUntil: this.#nextUntil() } : {}),
      ...tellUnevaluated(this.unevaluated),
      problems: sumUpProblems(this.#allProblems(failure)),
    };
  }

  get #isBackwards(): boolean {
    return this.#options.plan.order === 'newest' && !this.#options.follow;
  }

  get #scanned(): number {
    return this.#scannedBefore + sumOf(this.#reading(), ({ scanned }) => scanned);
  }

  #reading(): PartitionCursor[] {
    return [...this.#cursors, ...this.#steps.values()];
  }

  async *#forward(order: 'by-time' | 'as-they-come' | 'live', limit: number, signal: AbortSignal) {
    const { topic, slice, tell } = this.#options;
    const reading = { topic, cursors: this.#cursors, order, slice, signal };
    for await (const { partition, record } of readForward(reading)) {
      const told = tell(partition, record);
      this.#telling = { partition, offset: record.offset, timestamp: record.timestamp };
      const message = told instanceof Promise ? await unlessCancelled(told, signal) : told;
      this.#telling = null;
      this.#matched += 1;
      yield { timestamp: record.timestamp, message };
      if (this.#matched >= limit) {
        this.#isLimited = this.#cursors.some((cursor) => !cursor.isDone);
        return;
      }
    }
  }

  /** Newest first. */
  async *#newest(signal: AbortSignal): AsyncGenerator<ToldMessage, void> {
    const { plan, limit, maxBytes, tell, gate } = this.#options;
    const reading = { ...this.#newestReading(signal), partitions: plan.partitions, gate };
    for await (const { timestamp, kept } of readNewest({
      ...reading,
      keep: tell,
      keptMaxBytes: maxBytes,
    })) {
      this.#matched += 1;
      yield { timestamp, message: kept };
    }
    this.#isLimited = this.#matched === limit;
  }

  /** Finds where the newest `limit` messages begin, to read on from there. */
  async #beginAtNewest(signal: AbortSignal): Promise<void> {
    const { plan, gate } = this.#options;
    const starts = new Map(plan.partitions.map(({ partition, end }) => [partition, end]));
    for await (const { partition, offset } of readNewest({
      ...this.#newestReading(signal),
      partitions: plan.partitions,
      // What is searched for may be far back; so many messages, whatever they are, are not.
      gate: { ...gate, matches: null, search: null },
      keep: () => null,
      keptMaxBytes: 0,
    })) {
      starts.set(partition, offset);
    }
    this.#readTo.clear();
    this.#begin(plan.partitions.map((planned) => ({ ...planned, start: starts.get(planned.partition)! })));
  }

  #newestReading(signal: AbortSignal) {
    const { topic, limit, slice } = this.#options;
    return {
      topic,
      limit,
      slice,
      signal,
      onStep: (cursor: PartitionCursor) => {
        this.#steps.set(cursor.partition, cursor);
      },
      onStepped: (cursor: PartitionCursor, readTo: number) => {
        this.#steps.delete(cursor.partition);
        this.#readTo.set(cursor.partition, readTo);
        this.#scannedBefore += cursor.scanned;
        this.#bytesBefore += cursor.bytes;
        this.#problems.push(...cursor.problems);
        if (cursor.isLost) this.#lost.add(cursor.partition);
      },
      onBound: (timestamp: number) => {
        this.#bound = timestamp;
      },
      onBegin: (untils: () => ReadonlyMap<number, number>) => {
        this.#untils = untils;
      },
    };
  }

  #begin(planned: readonly PlannedPartition[]): void {
    const { topic, gate, limit } = this.#options;
    const readsAhead = gate.matches !== null || limit === Number.POSITIVE_INFINITY;
    for (const { partition, start, end, range, windows } of planned) {
      const at = { ...range, position: start, end };
      const options = { gate, readsAhead, windows: windows ? new OffsetWindows(windows) : null };
      this.#cursors.push(new PartitionCursor(topic.name, partition, at, options));
    }
  }

  /** While following: partitions that had no leader join when they have one. Never throws. */
  async #findMissing(signal: AbortSignal): Promise<void> {
    const { topic, positions, gate } = this.#options;
    while (this.#missing.size > 0 && !signal.aborted) {
      await pause(MISSING_RETRY_MS, signal);
      const found = await readLogRanges(topic, [...this.#missing.keys()], {
        timestamp: positions.start.kind === 'timestamp' ? positions.start.timestamp : null,
        isolation: gate.committedOnly ? 'committed' : 'uncommitted',
        patienceMs: MISSING_PATIENCE_MS,
        signal,
      }).catch(() => new Map<number, LogRange | Failure>());
      for (const [partition, range] of found) {
        if (range instanceof Failure) this.#missing.set(partition, range);
        else this.#join(partition, range);
      }
    }
  }

  #join(partition: number, range: LogRange): void {
    const { start } = this.#options.positions;
    try {
      const planned = planPartition(partition, range, start, null);
      this.#planned.set(partition, planned);
      this.#begin([start.kind === 'latest' ? { ...planned, start: range.logEndOffset } : planned]);
      this.#cursors.at(-1)!.follow();
      this.#missing.delete(partition);
    } catch (error) {
      this.#missing.set(partition, asFailure(error));
    }
  }

  /** Where each partition is that is read backwards, or was not begun with. */
  #backwards(): { progress: MessageProgress['partitions'][number] }[] {
    if (this.#cursors.length > 0) return [];
    const [untils, isOver] = [this.#untils(), this.#isOver];
    return [...this.#planned.values()].map(({ partition, start, end, range }) => {
      const position = isOver ? (untils.get(partition) ?? end) : (this.#readTo.get(partition) ?? end);
      const { logStartOffset, logEndOffset } = range;
      return { progress: { partition, position, remaining: position - start, logStartOffset, logEndOffset } };
    });
  }

  #nextFrom(): Record<string, number> {
    const offsets =
      this.#cursors.length > 0
        ? this.#cursors.map(({ partition, position }) => [partition, position])
        : [...this.#planned.values()].map(({ partition, end }) => [partition, end]);
    const next: Record<string, number> = Object.fromEntries(offsets);
    // It was taken and is not given yet.
    if (this.#telling) next[this.#telling.partition] = this.#telling.offset;
    return next;
  }

  #nextUntil(): Record<string, number> {
    const untils = this.#untils();
    const { partitions } = this.#options.plan;
    return Object.fromEntries(
      partitions.map(({ partition, end }) => [partition, untils.get(partition) ?? end]),
    );
  }

  #allProblems(failure: Failure | null): MissingPart[] {
    const { name } = this.#options.topic;
    if (failure && failure.code !== 'cancelled')
      return [problemOf(say('part.topic', { topic: name }), failure)];
    const missing = [...this.#missing].map(([partition, why]) =>
      problemOf(say('part.partition', { name: `${name}-${partition}` }), why),
    );
    return [...missing, ...this.#problems, ...this.#reading().flatMap((cursor) => cursor.problems)];
  }

  #reason(failure: Failure | null): MessageEnd['reason'] {
    if (failure) return failure.code === 'cancelled' ? 'cancelled' : 'failed';
    if (this.#isLimited) return 'limit';
    const isAllLost =
      this.#cursors.length > 0
        ? this.#cursors.every((cursor) => cursor.isLost)
        : this.#planned.size > 0 && this.#lost.size === this.#planned.size;
    return isAllLost ? 'failed' : 'end-of-log';
  }
}
