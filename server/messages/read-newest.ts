import type { DecodedRecord } from '../protocol/records/record-batch.ts';
import type { LogRange } from './log-ranges.ts';
import { PartitionCursor } from './partition-cursor.ts';
import { readForward } from './read-forward.ts';
import type { TopicView } from './topic-view.ts';

export interface NewestReading<Kept> {
  topic: TopicView;
  ranges: ReadonlyMap<number, LogRange>;
  /** How many are wanted. */
  limit: number;
  /** What is kept of a record until it is its turn; its bytes are not. */
  keep: (partition: number, record: DecodedRecord) => Kept;
  /** Bytes at most that `keep` keeps of a key, a value or a header. */
  keptMaxBytes: number;
  /** Is told how many records were decoded, and what went wrong. */
  onRead: (cursor: PartitionCursor) => void;
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
const FIRST_STEP = { least: 8, most: 128 };
/** A step back is at most so many times as long as the one before. */
const GROWTH = 16;

/**
 * The newest messages of all partitions, newest first: by timestamp across partitions, by offset within one. Logs can
 * only be read forward, so each partition is read in steps, every one ending where the one before began. A step that
 * finds few, because compaction or transactions left gaps, is followed by a longer one.
 */
export async function* readNewest<Kept>(
  reading: NewestReading<Kept>,
): AsyncGenerator<KeptRecord<Kept>, void> {
  const { ranges, limit } = reading;
  const tails = [...ranges].map(
    ([partition, range]) => new Tail<Kept>(partition, range, firstStep(limit, ranges.size)),
  );
  for (let sent = 0; sent < limit; ) {
    const dry = tails.filter((tail) => tail.isDry);
    if (dry.length > 0) {
      await stepBack(reading, dry, limit - sent, KEPT_BYTES / tails.length);
      continue;
    }
    let newest: Tail<Kept> | null = null;
    for (const tail of tails) {
      if (!tail.last) continue;
      if (newest === null || isNewer(tail.last, newest.last!)) newest = tail;
    }
    if (newest === null) return;
    yield newest.take();
    sent += 1;
  }
}

function firstStep(limit: number, partitionCount: number): number {
  const share = Math.ceil((2 * limit) / partitionCount);
  return Math.min(limit, FIRST_STEP.most, Math.max(FIRST_STEP.least, share));
}

function isNewer<Kept>(one: KeptRecord<Kept>, other: KeptRecord<Kept>): boolean {
  return one.timestamp > other.timestamp;
}

/** The end of one partition's log as far back as it was read. */
class Tail<Kept> {
  readonly partition: number;
  readonly range: LogRange;
  /** Everything before it is still to be read. */
  readTo: number;
  step: number;
  /** In order of offset: the newest is taken first. */
  records: KeptRecord<Kept>[] = [];
  hasFailed = false;

  constructor(partition: number, range: LogRange, step: number) {
    this.partition = partition;
    this.range = range;
    this.readTo = range.logEndOffset;
    this.step = step;
  }

  get last(): KeptRecord<Kept> | undefined {
    return this.records.at(-1);
  }

  get isDry(): boolean {
    return this.records.length === 0 && this.readTo > this.range.logStartOffset && !this.hasFailed;
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
  const { topic, signal, keep, keptMaxBytes, onRead } = reading;
  const steps = new Map(
    tails.map((tail) => {
      const from = Math.max(tail.range.logStartOffset, tail.readTo - tail.step);
      const at = { ...tail.range, position: from, end: tail.readTo };
      const window = new KeptWindow<Kept>(wanted, mostBytes);
      return [
        tail.partition,
        { tail, from, window, cursor: new PartitionCursor(topic.name, tail.partition, at) },
      ];
    }),
  );
  const cursors = [...steps.values()].map(({ cursor }) => cursor);
  for await (const { partition, record } of readForward({ topic, cursors, order: 'as-they-come', signal })) {
    const { offset, timestamp } = record;
    const bytes = Math.min(record.sizeInBytes, 2 * keptMaxBytes) + RECORD_OVERHEAD_BYTES;
    steps.get(partition)!.window.add({ partition, offset, timestamp, kept: keep(partition, record) }, bytes);
  }
  for (const { tail, from, window, cursor } of steps.values()) {
    onRead(cursor);
    if (cursor.isLost) {
      tail.hasFailed = true;
      continue;
    }
    const length = tail.readTo - from;
    tail.readTo = window.droppedAny ? window.records[0]!.offset : from;
    tail.records = window.records;
    tail.step = nextStep(length, window, wanted, mostBytes);
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
