import { PartitionCursor } from './partition-cursor.ts';
import { readForward } from './read-forward.ts';
import type { ReadableTopic } from './readable-topic.ts';
import type { PlannedPartition } from './reading-plan.ts';
import type { RecordGate } from './record-gate.ts';
import type { ScannedRecord } from './scanned-record.ts';
import type { TimeSlice } from './time-slice.ts';
import { unlessCancelled } from './unless-cancelled.ts';

export interface NewestReading<Kept> {
  topic: ReadableTopic;
  partitions: readonly PlannedPartition[];
  gate: RecordGate;
  /** How many are wanted. */
  limit: number;
  /** What is kept of a record until it is its turn; its bytes are not, for they are used again. */
  keep: (partition: number, record: ScannedRecord) => Kept | Promise<Kept>;
  /** Bytes at most that `keep` keeps of a key, a value or a header. */
  keptMaxBytes: number;
  /** Is told which step back is under way, and when it has ended how far back all before it were. */
  onStep: (cursor: PartitionCursor) => void;
  onStepped: (cursor: PartitionCursor, readTo: number) => void;
  /** No message that is still to come is probably newer than this. */
  onBound: (timestamp: number) => void;
  /** Is given what tells, at any time, where each partition could be gone on with: the first offset that need not be read again. */
  onBegin: (untils: () => ReadonlyMap<number, number>) => void;
  slice?: TimeSlice;
  signal: AbortSignal;
}

export interface KeptRecord<Kept> {
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly kept: Kept;
}

/** Memory that all partitions together may use for what waits for its turn. */
const KEPT_BYTES = 16 * 1024 * 1024;
const RECORD_OVERHEAD_BYTES = 200;
/** Offsets of a first step back: few where every record is wanted, many where they are searched through. */
const FIRST_STEP = { least: 8, most: 128, searching: 4096 };
/** A step back is at most so many times as long as the one before. */
const GROWTH = 16;
/** A search tells what it has found after so many offsets of a partition. */
const LONGEST_SEARCH_STEP = 131_072;

/**
 * The newest wanted messages of all partitions, newest first: by timestamp across partitions, by offset within one. Logs
 * can only be read forward, so each partition is read in steps, every one ending where the one before began. A step that
 * finds few, because little is wanted or compaction or transactions left gaps, is followed by a longer one.
 */
export async function* readNewest<Kept>(
  reading: NewestReading<Kept>,
): AsyncGenerator<KeptRecord<Kept>, void> {
  const { partitions, limit } = reading;
  const tails = partitions.map((planned) => new Tail<Kept>(planned, firstStep(reading)));
  reading.onBegin(
    () =>
      new Map(tails.map(({ planned, readTo, last }) => [planned.partition, last ? last.offset + 1 : readTo])),
  );
  for (let sent = 0; sent < limit; ) {
    reading.onBound(Math.max(...tails.map((tail) => tail.bound)));
    const newest = newestOf(tails);
    const newestTime = newest?.last?.timestamp ?? Number.NEGATIVE_INFINITY;
    const dry = tails.filter((tail) => tail.isDry && tail.timestamp > newestTime);
    if (dry.length > 0) await stepBack(reading, dry, limit - sent, KEPT_BYTES / tails.length);
    else if (newest === null) return;
    else {
      yield newest.take();
      sent += 1;
    }
  }
}

function firstStep({ limit, partitions, gate }: NewestReading<unknown>): number {
  if (gate.matches) return FIRST_STEP.searching;
  const share = Math.ceil((2 * limit) / partitions.length);
  return Math.min(limit, FIRST_STEP.most, Math.max(FIRST_STEP.least, share));
}

function newestOf<Kept>(tails: readonly Tail<Kept>[]): Tail<Kept> | null {
  let newest: Tail<Kept> | null = null;
  for (const tail of tails) {
    if (!tail.last) continue;
    if (newest === null || tail.last.timestamp > newest.last!.timestamp) newest = tail;
  }
  return newest;
}

/** The end of one partition's log as far back as it was read. */
class Tail<Kept> {
  readonly planned: PlannedPartition;
  /** Everything before it is still to be read. */
  readTo: number;
  step: number;
  /** The time of what was read last; what lies before is probably not newer. */
  timestamp = Number.POSITIVE_INFINITY;
  /** In order of offset: the newest is taken first. */
  records: KeptRecord<Kept>[] = [];
  hasFailed = false;

  constructor(planned: PlannedPartition, step: number) {
    this.planned = planned;
    this.readTo = planned.end;
    this.step = step;
  }

  get last(): KeptRecord<Kept> | undefined {
    return this.records.at(-1);
  }

  get isDry(): boolean {
    return this.records.length === 0 && this.readTo > this.planned.start && !this.hasFailed;
  }

  /** No record of it that was not taken yet is probably newer. */
  get bound(): number {
    if (this.last) return this.last.timestamp;
    return this.isDry ? this.timestamp : Number.NEGATIVE_INFINITY;
  }

  take(): KeptRecord<Kept> {
    return this.records.pop()!;
  }
}

/** Reads one step further back in these partitions, and keeps the newest `wanted` of each as far as memory allows. */
async function stepBack<Kept>(
  reading: NewestReading<Kept>,
  tails: readonly Tail<Kept>[],
  wanted: number,
  mostBytes: number,
): Promise<void> {
  const { topic, gate, signal, slice, keep, keptMaxBytes, onStep, onStepped } = reading;
  const steps = new Map(
    tails.map((tail) => [tail.planned.partition, new Step(tail, reading, wanted, mostBytes)]),
  );
  const cursors = [...steps.values()].map(({ cursor }) => cursor);
  for (const cursor of cursors) onStep(cursor);
  for await (const { partition, record } of readForward({
    topic,
    cursors,
    order: 'as-they-come',
    slice,
    signal,
  })) {
    const { offset, timestamp } = record;
    const bytes = Math.min(record.sizeInBytes, 2 * keptMaxBytes) + RECORD_OVERHEAD_BYTES;
    const kept = keep(partition, record);
    const settled = kept instanceof Promise ? await unlessCancelled(kept, signal) : kept;
    steps.get(partition)!.window.add({ partition, offset, timestamp, kept: settled }, bytes);
  }
  const longest = gate.matches ? LONGEST_SEARCH_STEP : Number.POSITIVE_INFINITY;
  for (const { tail, from, window, cursor } of steps.values()) {
    if (cursor.isLost) tail.hasFailed = true;
    else {
      const length = tail.readTo - from;
      tail.readTo = window.droppedAny ? window.records[0]!.offset : from;
      tail.timestamp = Math.min(tail.timestamp, cursor.firstTimestamp ?? tail.timestamp);
      tail.records = window.records;
      tail.step = Math.min(longest, nextStep(length, window, wanted, mostBytes));
    }
    onStepped(cursor, tail.readTo);
  }
}

/** One partition's part of a step. */
class Step<Kept> {
  readonly tail: Tail<Kept>;
  readonly from: number;
  readonly window: KeptWindow<Kept>;
  readonly cursor: PartitionCursor;

  constructor(tail: Tail<Kept>, { topic, gate }: NewestReading<Kept>, wanted: number, mostBytes: number) {
    const { partition, start, range } = tail.planned;
    this.tail = tail;
    this.from = Math.max(start, tail.readTo - tail.step);
    this.window = new KeptWindow(wanted, mostBytes);
    const at = { ...range, position: this.from, end: tail.readTo };
    this.cursor = new PartitionCursor(topic.name, partition, at, { gate, readsAhead: gate.matches !== null });
  }
}

/** As many offsets as should hold what is still wanted, judging by how many this step held and how large they were. */
function nextStep<Kept>(length: number, window: KeptWindow<Kept>, wanted: number, mostBytes: number): number {
  const { added, bytes } = window;
  if (added === 0) return length * GROWTH;
  const fitting = Math.floor(mostBytes / (bytes / window.records.length));
  const records = Math.max(1, Math.min(wanted, fitting));
  return Math.min(length * GROWTH, Math.ceil((records * length) / added));
}

/** The newest of the records that were added, in bounded memory. */
class KeptWindow<Kept> {
  records: KeptRecord<Kept>[] = [];
  bytes = 0;
  added = 0;
  readonly #sizes: number[] = [];
  readonly #mostRecords: number;
  readonly #mostBytes: number;

  constructor(mostRecords: number, mostBytes: number) {
    this.#mostRecords = mostRecords;
    this.#mostBytes = mostBytes;
  }

  get droppedAny(): boolean {
    return this.added > this.records.length;
  }

  add(record: KeptRecord<Kept>, bytes: number): void {
    this.records.push(record);
    this.#sizes.push(bytes);
    this.bytes += bytes;
    this.added += 1;
    while (
      this.records.length > this.#mostRecords ||
      (this.bytes > this.#mostBytes && this.records.length > 1)
    ) {
      this.records.shift();
      this.bytes -= this.#sizes.shift()!;
    }
  }
}
