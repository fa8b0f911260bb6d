import { BATCH_HEADER_BYTES } from '../../protocol/records/batch-header.ts';
import { AbortedTransactions } from './aborted-transactions.ts';
import { baseOffsetAt, batchSizeAt, lastOffsetAt, maxTimestampAt, wholeBatchesEnd } from './batch-walk.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import type { LogConfig } from './log-config.ts';
import { OffsetIndex } from './offset-index.ts';
import { SEGMENT_SUFFIXES, type SegmentStage, type SegmentSuffix, segmentFile } from './segment-files.ts';
import { TimeIndex, type TimestampOffset } from './time-index.ts';

/** Read at once while looking for a batch or walking through a segment. */
const SCAN_BYTES = 1 << 20;
const NOTHING_READ = { offset: -1, position: 0 };
/** Relative offsets are 32-bit in the indexes. */
const MAX_RELATIVE_OFFSET = 0x7fff_ffff;

/** Bytes read from a segment's log, of which `end` are whole batches, and where they lie in it. */
interface Piece {
  readonly bytes: Buffer;
  readonly end: number;
  readonly position: number;
}

/**
 * One stretch of a log: its record batches in a `.log` file, the two indexes that find offsets and times in it, and the
 * transactions that were aborted in it.
 */
export class LogSegment {
  readonly baseOffset: number;
  readonly aborted: AbortedTransactions;
  readonly #store: FileStore;
  readonly #directory: string;
  readonly #stage: SegmentStage;
  readonly #log: StoredFile;
  readonly #offsets: OffsetIndex;
  readonly #times: TimeIndex;
  /** Share of segment.jitter.ms that this segment is rolled earlier, so that not all topics roll at once. */
  readonly #jitter = Math.random();
  #bytesSinceIndexEntry = 0;
  /** Highest timestamp in the segment and the last offset of its batch; null until it was looked up. */
  #maxTimestamp: TimestampOffset | null = null;
  /** Where the last read ended: who reads on begins there, without a search. */
  #readUpTo = NOTHING_READ;
  /** Timestamp of the first batch, from which segment.ms counts; null until it was looked up. */
  #firstTimestamp: number | null = null;

  constructor(store: FileStore, directory: string, baseOffset: number, stage: SegmentStage = '') {
    this.baseOffset = baseOffset;
    this.#store = store;
    this.#directory = directory;
    this.#stage = stage;
    const file = (suffix: SegmentSuffix) => store.open(this.#pathOf(suffix));
    this.#log = file('log');
    this.#offsets = new OffsetIndex(file('index'), baseOffset);
    this.#times = new TimeIndex(file('timeindex'), baseOffset);
    this.aborted = new AbortedTransactions(file('txnindex'));
  }

  get sizeInBytes(): number {
    return this.#log.size;
  }

  /** Bytes of the larger index, which segment.index.bytes limits. */
  get indexSizeInBytes(): number {
    return Math.max(this.#offsets.sizeInBytes, this.#times.sizeInBytes);
  }

  /** Makes its files appear: from then on a later start knows where it begins. */
  create(): void {
    this.#log.create();
    this.#offsets.create();
    this.#times.create();
  }

  /** Appends whole batches whose offsets are final. When it throws, the segment is as it was. */
  append(batches: Buffer, config: LogConfig): void {
    const start = this.#log.size;
    // Before the records, so that a disk that is full refuses both.
    this.#flushLongIndexes();
    this.#log.append(batches);
    for (let at = 0; at < batches.length; at += batchSizeAt(batches, at)) {
      this.#index(batches, at, start + at, config.indexIntervalBytes);
    }
  }

  /** Timestamp of its first batch, -1 when there is none: from it the age of the segment counts. */
  get firstTimestamp(): number {
    return this.#readFirstTimestamp();
  }

  /** Whether these batches must go to a new segment. */
  isFullFor(batches: Buffer, config: LogConfig, now: number): boolean {
    if (this.sizeInBytes === 0) return false;
    if (this.sizeInBytes + batches.length > config.segmentBytes) return true;
    if (this.#offsets.sizeInBytes > config.segmentIndexBytes - 8) return true;
    if (this.#times.sizeInBytes > config.segmentIndexBytes - 24) return true;
    if (lastOffsetAt(batches, 0) - this.baseOffset > MAX_RELATIVE_OFFSET - 1_000_000) return true;
    const jitterMs = Math.floor(this.#jitter * Math.min(config.segmentJitterMs, config.segmentMs));
    return this.ageInMs(maxTimestampAt(batches, 0), now) > config.segmentMs - jitterMs;
  }

  /** How far its first record lies back, counted in record time as Kafka does: what segment.ms limits. */
  ageInMs(latestTimestamp: number, now: number): number {
    const first = this.#readFirstTimestamp();
    if (first < 0) return this.sizeInBytes === 0 ? 0 : now - this.#log.modifiedAt(now);
    return (latestTimestamp < 0 ? now : latestTimestamp) - first;
  }

  /**
   * Whole batches from the one with `offset` on, at most `maxBytes` unless the first alone is larger, and none that
   * reaches `limit`. Empty when the segment has nothing there.
   */
  read(offset: number, maxBytes: number, limit: number): Buffer {
    const start = offset === this.#readUpTo.offset ? this.#readUpTo.position : this.#positionOf(offset);
    let bytes = this.#log.read(start, Math.max(maxBytes, BATCH_HEADER_BYTES));
    if (bytes.length < BATCH_HEADER_BYTES) return bytes.subarray(0, 0);
    const firstSize = batchSizeAt(bytes, 0);
    if (firstSize > bytes.length) bytes = this.#log.read(start, firstSize);
    const { end, nextOffset } = wholeBatchesBelow(bytes, limit);
    if (end > 0) this.#readUpTo = { offset: nextOffset, position: start + end };
    return bytes.subarray(0, end);
  }

  /** The highest timestamp and the last offset of the batch that has it. */
  maxTimestamp(): TimestampOffset {
    if (this.#maxTimestamp === null) {
      let highest = this.#times.lastEntry();
      this.#walk(this.#positionOf(highest.offset), (batches, at) => {
        const timestamp = maxTimestampAt(batches, at);
        if (timestamp > highest.timestamp) highest = { timestamp, offset: lastOffsetAt(batches, at) };
        return true;
      });
      this.#maxTimestamp = highest;
    }
    return this.#maxTimestamp;
  }

  /** The first batch, from `startOffset` on, that holds a record of that time or later; null when none does. */
  firstBatchAtOrAfter(timestamp: number, startOffset: number): Buffer | null {
    if (this.maxTimestamp().timestamp < timestamp) return null;
    let found: Buffer | null = null;
    const from = Math.max(this.#times.entryBefore(timestamp).offset, startOffset, this.baseOffset);
    this.#walk(this.#positionOf(from), (batches, at) => {
      if (maxTimestampAt(batches, at) < timestamp || lastOffsetAt(batches, at) < startOffset) return true;
      found = batches.subarray(at, at + batchSizeAt(batches, at));
      return false;
    });
    return found;
  }

  /** Offset after its last record; its base when it is empty. */
  endOffset(): number {
    let end = this.baseOffset;
    this.#walk(this.#offsets.lastPosition(), (batches, at) => {
      end = lastOffsetAt(batches, at) + 1;
      return true;
    });
    return end;
  }

  /** Visits every batch from an offset on until told to stop. */
  forEachBatchFrom(offset: number, visit: (batches: Buffer, at: number) => boolean): void {
    this.#walk(this.#positionOf(offset), visit);
  }

  /** Its batches from an offset on. Between two steps the segment must not lose its files. */
  *batchesFrom(offset: number): Generator<{ readonly bytes: Buffer; readonly at: number }, void, void> {
    for (const { bytes, end } of this.#pieces(this.#positionOf(offset))) {
      for (let at = 0; at < end; at += batchSizeAt(bytes, at)) yield { bytes, at };
    }
  }

  /** Drops the batch with `offset` and all after it. */
  truncateTo(offset: number): void {
    const position = this.#positionOf(offset);
    this.#offsets.truncateToPosition(position);
    this.#times.truncateTo(offset);
    this.aborted.truncateTo(offset);
    this.#log.truncate(position);
    this.#readUpTo = NOTHING_READ;
    this.#maxTimestamp = null;
    if (position === 0) this.#firstTimestamp = null;
    this.#bytesSinceIndexEntry = position - this.#offsets.lastPosition();
  }

  /**
   * Reads the whole segment, keeps what `isSound` accepts, cuts off the rest and makes both indexes anew. Pauses after
   * every piece, so that others get their turn. Returns true when something had to be cut off.
   */
  *recover(
    config: LogConfig,
    isSound: (batches: Buffer, at: number) => boolean,
  ): Generator<void, boolean, void> {
    this.#offsets.clear();
    this.#times.clear();
    this.aborted.clear();
    this.#maxTimestamp = { timestamp: -1, offset: this.baseOffset };
    this.#bytesSinceIndexEntry = 0;
    const size = this.#log.size;
    let end = 0;
    let nextOffset = this.baseOffset;
    for (const { bytes, end: pieceEnd, position } of this.#pieces(0)) {
      let at = 0;
      while (at < pieceEnd && baseOffsetAt(bytes, at) >= nextOffset && isSound(bytes, at)) {
        this.#index(bytes, at, position + at, config.indexIntervalBytes);
        nextOffset = lastOffsetAt(bytes, at) + 1;
        at += batchSizeAt(bytes, at);
      }
      end = position + at;
      this.#flushLongIndexes();
      if (at < pieceEnd) break;
      yield;
    }
    this.#log.truncate(end);
    this.#readUpTo = NOTHING_READ;
    this.seal();
    return end < size;
  }

  /** Its highest timestamp belongs into the time index when it gets no more appends, or none for now. */
  seal(): void {
    const highest = this.maxTimestamp();
    this.#times.appendIfLater(highest.timestamp, highest.offset);
    this.#offsets.flush();
    this.#times.flush();
  }

  modifiedAt(now: number): number {
    return this.#log.modifiedAt(now);
  }

  /** Forces its records to the device before it returns. */
  sync(): void {
    this.#log.sync();
  }

  /** Forces its records to the device in the background. */
  syncLater(): Promise<void> {
    return this.#log.syncLater();
  }

  close(): void {
    this.#offsets.flush();
    this.#times.flush();
    this.release();
  }

  /** Closes its files as they are. */
  release(): void {
    this.#log.close();
    this.#offsets.close();
    this.#times.close();
    this.aborted.close();
  }

  /** Takes its files away; their space comes back after a while. */
  discard(delayMs: number): void {
    this.release();
    for (const suffix of SEGMENT_SUFFIXES) this.#store.discard(this.#pathOf(suffix), delayMs);
  }

  /** Removes its files at once. */
  remove(): void {
    this.release();
    for (const suffix of SEGMENT_SUFFIXES) this.#store.remove(this.#pathOf(suffix));
  }

  /** Renames its files; it must not be used afterwards, but opened anew. */
  enterStage(stage: SegmentStage): void {
    this.close();
    const names = this.#store.files(this.#directory);
    for (const suffix of SEGMENT_SUFFIXES) {
      const from = segmentFile(this.baseOffset, suffix, this.#stage);
      if (!names.includes(from)) continue;
      const to = segmentFile(this.baseOffset, suffix, stage);
      this.#store.rename(`${this.#directory}/${from}`, `${this.#directory}/${to}`);
    }
  }

  #pathOf(suffix: SegmentSuffix): string {
    return `${this.#directory}/${segmentFile(this.baseOffset, suffix, this.#stage)}`;
  }

  #flushLongIndexes(): void {
    this.#offsets.flushIfLong();
    this.#times.flushIfLong();
  }

  #index(batches: Buffer, at: number, position: number, intervalBytes: number): void {
    const lastOffset = lastOffsetAt(batches, at);
    const timestamp = maxTimestampAt(batches, at);
    if (position === 0) this.#firstTimestamp = timestamp;
    if (timestamp > this.#maxTimestampBefore(position)) {
      this.#maxTimestamp = { timestamp, offset: lastOffset };
    }
    if (this.#bytesSinceIndexEntry > intervalBytes) {
      this.#offsets.append(lastOffset, position);
      const highest = this.#maxTimestamp!;
      this.#times.appendIfLater(highest.timestamp, highest.offset);
      this.#bytesSinceIndexEntry = 0;
    }
    this.#bytesSinceIndexEntry += batchSizeAt(batches, at);
  }

  /** The highest timestamp before a batch that is being appended at `position`. */
  #maxTimestampBefore(position: number): number {
    if (position === 0 && this.#maxTimestamp === null) {
      this.#maxTimestamp = { timestamp: -1, offset: this.baseOffset };
    }
    return this.maxTimestamp().timestamp;
  }

  #readFirstTimestamp(): number {
    if (this.#firstTimestamp === null) {
      const head = this.#log.read(0, BATCH_HEADER_BYTES);
      this.#firstTimestamp = head.length < BATCH_HEADER_BYTES ? null : maxTimestampAt(head, 0);
    }
    return this.#firstTimestamp ?? -1;
  }

  /** Position of the batch that holds `offset`, or of the next one after it. */
  #positionOf(offset: number): number {
    let found = this.#log.size;
    this.#walk(this.#offsets.positionBefore(offset), (batches, at, position) => {
      if (lastOffsetAt(batches, at) < offset) return true;
      found = position;
      return false;
    });
    return found;
  }

  /** Visits whole batches from a position on; stops at a torn one, or when told to. */
  #walk(from: number, visit: (batches: Buffer, at: number, position: number) => boolean): void {
    for (const { bytes, end, position } of this.#pieces(from)) {
      for (let at = 0; at < end; at += batchSizeAt(bytes, at)) {
        if (!visit(bytes, at, position + at)) return;
      }
    }
  }

  /** Whole batches from a position on, the first piece small; ends at a torn one. */
  *#pieces(from: number): Generator<Piece, void, void> {
    let position = from;
    let want = 16 * 1024;
    while (position < this.#log.size) {
      const bytes = this.#log.read(position, want);
      const end = wholeBatchesEnd(bytes);
      if (end === 0) {
        // The next batch is longer than what was read, or there is none that makes sense.
        if (bytes.length < BATCH_HEADER_BYTES) return;
        const size = batchSizeAt(bytes, 0);
        if (size <= bytes.length || position + size > this.#log.size) return;
        want = size;
        continue;
      }
      yield { bytes, end, position };
      position += end;
      want = SCAN_BYTES;
    }
  }
}

/** Where to cut `bytes` so that only whole batches below the offset `limit` stay, and the offset after them. */
function wholeBatchesBelow(
  bytes: Buffer,
  limit: number,
): { readonly end: number; readonly nextOffset: number } {
  let end = 0;
  let nextOffset = -1;
  while (end + BATCH_HEADER_BYTES <= bytes.length) {
    const size = batchSizeAt(bytes, end);
    if (size < BATCH_HEADER_BYTES || end + size > bytes.length) break;
    const lastOffset = lastOffsetAt(bytes, end);
    if (lastOffset >= limit) break;
    nextOffset = lastOffset + 1;
    end += size;
  }
  return { end, nextOffset };
}
