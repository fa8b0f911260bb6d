import { ProtocolError } from '../../protocol/protocol-error.ts';
import { type BatchHeader, readBatchHeader, verifyCrc } from '../../protocol/records/batch-header.ts';
import { openBatch } from '../../protocol/records/record-cursor.ts';
import type { AbortedTransaction } from './aborted-transactions.ts';
import {
  baseOffsetAt,
  batchSizeAt,
  endOffsetOf,
  lastOffsetAt,
  leaderEpochAt,
  recordCountAt,
} from './batch-walk.ts';
import type { FileStore } from './file-store.ts';
import { LeaderEpochs } from './leader-epochs.ts';
import type { LogConfig } from './log-config.ts';
import { LogSegment } from './log-segment.ts';
import type { EndedTransaction } from './open-transactions.ts';
import type { SequenceVerdict } from './producer-checks.ts';
import { ProducerHistory, producedBatch, recordBatch } from './producer-history.ts';
import { type Append, ProducerState } from './producer-state.ts';
import { type RecentBatches, RecentTail } from './recent-batches.ts';
import { startAfterRetention } from './retention.ts';
import { segmentFile, settleSegmentFiles } from './segment-files.ts';
import { SegmentList } from './segment-list.ts';
import { readMarker } from './transaction-marker.ts';

/** Where a record with a wanted timestamp is. */
export interface FoundRecord {
  readonly timestamp: number;
  readonly offset: number;
  readonly leaderEpoch: number;
}

export interface OpenLog {
  readonly store: FileStore;
  /** `<topic>-<partition>` */
  readonly directory: string;
  readonly config: LogConfig;
  readonly recent: RecentBatches;
  /** From the checkpoint; records below it are deleted even where files still hold them. */
  readonly logStartOffset: number;
  /** Segments that end before this offset are known to be sound. Infinity after a clean shutdown. */
  readonly recoveryPoint: number;
  /** Up to here it was compacted once. */
  readonly cleanedTo: number;
}

export interface ProducerAppend extends Omit<Append, 'nextOffset'> {
  readonly transactionVersion: number;
}

/**
 * One replica's log: segments in order, of which the last gets the appends. It knows offsets, times and producers;
 * what may be read (the high watermark) and who leads is the business of `replica/`.
 */
export class PartitionLog {
  readonly directory: string;
  readonly epochs: LeaderEpochs;
  /** Up to here it was compacted once. */
  cleanedTo: number;
  readonly #store: FileStore;
  readonly #tail: RecentTail;
  readonly #segments: SegmentList;
  /** Sealed, and on their way to the device; in order. */
  readonly #unsynced = new Set<LogSegment>();
  readonly #history: ProducerHistory;
  #logStartOffset: number;
  #logEndOffset = 0;
  #recoveryPoint = 0;
  /** Where the log ended when it was last closed; -1 when it was not, or was cut since. */
  #closedAt = -1;
  /** Null until something is written: then made from the last snapshot and what came after it. */
  #producers: ProducerState | null = null;
  #unflushedRecords = 0;
  #unflushedSince = 0;
  #fileDeleteDelayMs: number;
  #isOpen = true;

  /** Opens the log, mending what a crash left. */
  static open(open: OpenLog): PartitionLog {
    const steps = PartitionLog.opening(open);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  /** The same in steps of a few milliseconds. */
  static *opening(open: OpenLog): Generator<void, PartitionLog, void> {
    const log = new PartitionLog(open);
    yield* log.#mend(open);
    log.#settle(open);
    return log;
  }

  private constructor(open: OpenLog) {
    const { store, directory, logStartOffset } = open;
    this.directory = directory;
    this.cleanedTo = open.cleanedTo;
    this.#store = store;
    this.#tail = new RecentTail(open.recent);
    this.#logStartOffset = logStartOffset;
    this.#fileDeleteDelayMs = open.config.fileDeleteDelayMs;
    this.epochs = new LeaderEpochs(store, directory);
    const { bases, swapped } = settleSegmentFiles(store, directory, (base) => {
      const segment = new LogSegment(store, directory, base, '.swap');
      const end = segment.endOffset();
      segment.release();
      return end;
    });
    // What a swap should have replaced may be left, and must not outlive the tombstones that came after it.
    if (swapped) this.cleanedTo = 0;
    this.#segments = new SegmentList(bases.map((base) => new LogSegment(store, directory, base)));
    this.#history = new ProducerHistory(store, directory, this.#segments);
    if (bases.length > 0) return;
    // What is made anew knows its producers: none.
    this.#producers = new ProducerState();
    this.#segments.push(this.#newSegment(logStartOffset));
  }

  get logStartOffset(): number {
    return this.#logStartOffset;
  }

  get logEndOffset(): number {
    return this.#logEndOffset;
  }

  /** Everything before it is known to be on the device. */
  get recoveryPoint(): number {
    return this.#recoveryPoint;
  }

  get sizeInBytes(): number {
    return this.#segments.sizeInBytes;
  }

  get segmentCount(): number {
    return this.#segments.length;
  }

  /** Whether a producer's batch, or the marker that ends its transaction, may be appended now. */
  judge(batches: Buffer, header: BatchHeader, append: ProducerAppend): SequenceVerdict {
    const at = { ...append, nextOffset: this.#logEndOffset };
    if (!header.isControl) return this.producers.judge(producedBatch(header), at);
    const marker = readMarker(batches, header);
    if (marker === null) return { kind: 'next' };
    return this.producers.judgeMarker(marker, append.transactionVersion, at);
  }

  /** What is known of the producers that wrote here. */
  get producers(): ProducerState {
    this.#producers ??= this.#history.at(this.#logEndOffset);
    return this.#producers;
  }

  /** Up to here every transaction is decided, and the decision replicated. */
  lastStableOffset(highWatermark: number): number {
    const unstable = this.producers.firstUnstableOffset(highWatermark);
    return Math.min(highWatermark, Math.max(unstable, this.#logStartOffset));
  }

  /** The aborted transactions that have to do with what was read from an offset on. */
  abortedIn(records: readonly Buffer[], from: number): AbortedTransaction[] {
    const segments = this.#segments.from(from);
    const found: AbortedTransaction[] = [];
    if (records.length === 0 || segments.every(({ aborted }) => aborted.isEmpty)) return found;
    const to = endOffsetOf(records.at(-1)!);
    for (const { aborted } of segments) if (aborted.collect(from, to, found)) break;
    return found;
  }

  /**
   * Appends whole batches with final offsets, the first not below the log's end. When it throws, the log is as it was, or
   * has some of the batches whole.
   */
  append(batches: Buffer, config: LogConfig, now: number): void {
    if (batches.length <= config.segmentBytes && !this.#segments.active.isFullFor(batches, config, now)) {
      this.#appendToActive(batches, config, now);
      return;
    }
    // A follower gets many batches at once: its segments are to end where the leader's do.
    for (let at = 0; at < batches.length; ) {
      const batch = batches.subarray(at, at + batchSizeAt(batches, at));
      if (this.#segments.active.isFullFor(batch, config, now)) this.#roll();
      this.#appendToActive(batch, config, now);
      at += batch.length;
    }
  }

  /** Whole batches from the one that holds `offset` on, all below `limit`. The buffers are shared: nobody may change them. */
  read(offset: number, maxBytes: number, limit: number): Buffer[] {
    const end = Math.min(limit, this.#logEndOffset);
    if (offset >= end) return [];
    if (offset >= this.#tail.startOffset) return this.#tail.read(offset, maxBytes, end);
    for (const segment of this.#segments.from(offset)) {
      const bytes = segment.read(offset, maxBytes, end);
      if (bytes.length > 0) return [bytes];
    }
    return [];
  }

  /** The first record of that time or later, null when there is none. */
  findTimestamp(timestamp: number): FoundRecord | null {
    for (const segment of this.#segments) {
      const batch = segment.firstBatchAtOrAfter(timestamp, this.#logStartOffset);
      const found = batch === null ? null : this.#firstRecord(batch, (time) => time >= timestamp);
      if (found !== null) return found;
    }
    return null;
  }

  /** The first record with the highest timestamp of all, null when the log is empty. */
  findMaxTimestamp(): FoundRecord | null {
    let highest = -1;
    for (const segment of this.#segments) highest = Math.max(highest, segment.maxTimestamp().timestamp);
    return highest < 0 ? null : this.findTimestamp(highest);
  }

  /** Moves the log's start up and deletes segments that lie wholly below it. */
  advanceStart(offset: number): void {
    if (offset <= this.#logStartOffset) return;
    this.#logStartOffset = Math.min(offset, this.#logEndOffset);
    this.#discard(this.#segments.takeBelow(this.#logStartOffset), this.#fileDeleteDelayMs);
    this.epochs.truncateFromStart(this.#logStartOffset);
  }

  /**
   * Deletes what retention no longer wants, as far as it is replicated (below `highWatermark`).
   * Returns true when the log's start moved.
   */
  applyRetention(config: LogConfig, highWatermark: number, now: number): boolean {
    if (!config.deletes) return false;
    const end = this.#logEndOffset;
    const newStart = startAfterRetention([...this.#segments], end, config, highWatermark, now);
    if (newStart === null || newStart <= this.#logStartOffset) return false;
    if (newStart === end) this.#roll();
    this.advanceStart(newStart);
    return true;
  }

  /** Drops the batch with `offset` and everything after it: a new leader has other records there. */
  truncateTo(offset: number): void {
    if (offset >= this.#logEndOffset) return;
    if (offset <= this.#segments.first.baseOffset) {
      this.restartAt(offset);
      return;
    }
    this.#discard(this.#segments.takeBeyond(offset), 0);
    this.#segments.active.truncateTo(offset);
    this.#logEndOffset = Math.max(this.#segments.active.endOffset(), this.#segments.active.baseOffset);
    this.#afterTruncation();
  }

  /** Drops everything; the next record gets this offset. */
  restartAt(offset: number): void {
    const old = [...this.#segments];
    this.#discard(old, 0);
    this.#segments.replace(old, this.#newSegment(offset));
    this.epochs.clear();
    this.#logStartOffset = offset;
    this.#logEndOffset = offset;
    this.#afterTruncation();
  }

  /** Forgets producers that were silent for `producerExpirationMs`. */
  sweep(config: LogConfig, now: number, producerExpirationMs: number): void {
    this.#fileDeleteDelayMs = config.fileDeleteDelayMs;
    this.#producers?.expireUpTo(now - producerExpirationMs);
  }

  /** Whether flush.ms has passed since something was written. */
  isFlushDue(config: LogConfig, now: number): boolean {
    return this.#unflushedRecords > 0 && now - this.#unflushedSince >= config.flushMs;
  }

  /** Forces everything to the device before it returns. */
  flush(): void {
    for (const segment of this.#unsynced) segment.sync();
    this.#unsynced.clear();
    this.#segments.active.sync();
    this.#recoveryPoint = this.#logEndOffset;
    this.#noteFlush();
  }

  /** Forces what there is now to the device without making anybody wait. */
  flushLater(): void {
    this.#noteFlush();
    this.#syncLater(this.#segments.active);
  }

  /** Leaves everything as a later start wants to find it. */
  close(): void {
    if (this.#closedAt !== this.#logEndOffset) {
      this.#segments.active.seal();
      this.#history.note(this.producers, this.#logEndOffset);
    }
    if (this.#recoveryPoint < this.#logEndOffset) this.flush();
    for (const segment of this.#segments) segment.close();
    this.release();
  }

  /** Its segments in order, the active one last. */
  get segments(): readonly LogSegment[] {
    return [...this.#segments];
  }

  /** Whether these are still the log's segments: not deleted, not replaced, and the log is in use. */
  holds(segments: readonly LogSegment[]): boolean {
    return this.#isOpen && segments.every((segment) => this.#segments.has(segment));
  }

  /**
   * Puts a compacted segment, written as `.cleaned` and on the device, in the place of the neighbours it was made of. A
   * crash at any moment leaves either those or this one (settleSegmentFiles).
   */
  replaceSegments(old: readonly LogSegment[], cleaned: LogSegment): void {
    const { baseOffset } = cleaned;
    const store = this.#store;
    const end = this.#segments.nextBase(old.at(-1)!) ?? this.#logEndOffset;
    cleaned.enterStage('.swap');
    for (const segment of old) {
      segment.discard(this.#fileDeleteDelayMs);
      this.#unsynced.delete(segment);
      if (segment.baseOffset !== baseOffset) this.#history.forgetAt(segment.baseOffset);
    }
    new LogSegment(store, this.directory, baseOffset, '.swap').enterStage('');
    this.#segments.replace(old, new LogSegment(store, this.directory, baseOffset));
    this.#tail.dropBefore(end);
  }

  /** Lets go of files and memory, no more: what a crash does. */
  release(): void {
    this.#isOpen = false;
    for (const segment of this.#segments) segment.release();
    this.#tail.clear();
  }

  delete(): void {
    this.release();
    this.#store.discardDirectory(this.directory, this.#fileDeleteDelayMs);
  }

  /** Mends what needs it: after a crash what lies beyond the recovery point, and segments whose index is missing. */
  *#mend({ config, recoveryPoint, store, directory }: OpenLog): Generator<void, void, void> {
    const names = new Set(store.files(directory));
    const segments = [...this.#segments];
    for (const [index, segment] of segments.entries()) {
      if (segment.sizeInBytes === 0) continue;
      const end = segments[index + 1]?.baseOffset ?? Number.POSITIVE_INFINITY;
      const isKnownSound = recoveryPoint === Number.POSITIVE_INFINITY || end <= recoveryPoint;
      if (isKnownSound && names.has(segmentFile(segment.baseOffset, 'index'))) {
        this.#producers = null;
        continue;
      }
      this.#producers ??= this.#history.at(segment.baseOffset);
      const producers = this.#producers;
      const torn = yield* segment.recover(config, (batches, at) => {
        if (!isSound(batches, at)) return false;
        const epoch = leaderEpochAt(batches, at);
        if (epoch > (this.epochs.latest?.epoch ?? -1)) this.epochs.assign(epoch, baseOffsetAt(batches, at));
        noteAborted(segment, recordBatch(producers, batches, at));
        return true;
      });
      if (torn) {
        this.#discard(this.#segments.takeBeyond(segment.baseOffset), 0);
        return;
      }
      if (index + 1 < segments.length) this.#history.note(producers, end);
    }
  }

  /** The end of the log follows from its segments, and its start from both. */
  #settle({ logStartOffset, recoveryPoint }: OpenLog): void {
    const { active } = this.#segments;
    this.#logEndOffset = active.endOffset();
    this.#recoveryPoint = Math.min(recoveryPoint, this.#logEndOffset);
    if (recoveryPoint === Number.POSITIVE_INFINITY) this.#closedAt = this.#logEndOffset;
    else this.#history.forgetBeyond(this.#logEndOffset);
    this.epochs.truncateFromEnd(this.#logEndOffset);
    if (this.#logEndOffset < logStartOffset) this.restartAt(logStartOffset);
    this.#logStartOffset = Math.max(this.#segments.first.baseOffset, logStartOffset);
  }

  #newSegment(baseOffset: number): LogSegment {
    const segment = new LogSegment(this.#store, this.directory, baseOffset);
    segment.create();
    return segment;
  }

  #appendToActive(batches: Buffer, config: LogConfig, now: number): void {
    const producers = this.producers;
    // Before the records: an epoch that none was written in does no harm, a record of an unknown epoch would.
    for (let at = 0; at < batches.length; at += batchSizeAt(batches, at)) {
      const epoch = leaderEpochAt(batches, at);
      if (epoch >= 0) this.epochs.assign(epoch, baseOffsetAt(batches, at));
    }
    this.#segments.active.append(batches, config);
    this.#tail.add(batches);
    for (let at = 0; at < batches.length; at += batchSizeAt(batches, at)) {
      noteAborted(this.#segments.active, recordBatch(producers, batches, at));
      this.#logEndOffset = lastOffsetAt(batches, at) + 1;
      this.#unflushedRecords += recordCountAt(batches, at);
    }
    if (this.#unflushedSince === 0) this.#unflushedSince = now;
    if (this.#unflushedRecords >= config.flushMessages) this.flush();
  }

  #roll(): void {
    const { active } = this.#segments;
    if (active.sizeInBytes === 0) return;
    active.seal();
    this.#history.note(this.producers, this.#logEndOffset);
    this.#segments.push(this.#newSegment(this.#logEndOffset));
    this.#unsynced.add(active);
    this.#syncLater(active);
  }

  #noteFlush(): void {
    this.#unflushedRecords = 0;
    this.#unflushedSince = 0;
  }

  /** A sealed segment, or the active one as it is now. The recovery point moves up to the first that is not done. */
  #syncLater(segment: LogSegment): void {
    const endOffset = this.#logEndOffset;
    segment.syncLater().then(
      () => {
        this.#unsynced.delete(segment);
        const [unsynced] = this.#unsynced;
        const done = Math.min(unsynced?.baseOffset ?? endOffset, endOffset, this.#logEndOffset);
        this.#recoveryPoint = Math.max(this.#recoveryPoint, done);
      },
      () => {
        // The recovery point stays before it until a flush succeeds.
      },
    );
  }

  #discard(segments: readonly LogSegment[], delayMs: number): void {
    for (const segment of segments) {
      segment.discard(delayMs);
      this.#unsynced.delete(segment);
      this.#history.forgetAt(segment.baseOffset);
    }
  }

  #firstRecord(batch: Buffer, matches: (timestamp: number) => boolean): FoundRecord | null {
    const header = readBatchHeader(batch);
    const cursor = openBatch(batch, header);
    while (cursor.next()) {
      if (cursor.offset < this.#logStartOffset || !matches(cursor.timestamp)) continue;
      return { timestamp: cursor.timestamp, offset: cursor.offset, leaderEpoch: header.partitionLeaderEpoch };
    }
    return null;
  }

  #afterTruncation(): void {
    this.#tail.clear();
    this.epochs.truncateFromEnd(this.#logEndOffset);
    this.#recoveryPoint = Math.min(this.#recoveryPoint, this.#logEndOffset);
    this.#closedAt = -1;
    this.cleanedTo = Math.min(this.cleanedTo, this.#logEndOffset);
    this.#history.forgetBeyond(this.#logEndOffset);
    this.#producers = null;
  }
}

function noteAborted(segment: LogSegment, ended: EndedTransaction | null): void {
  if (ended?.aborted) segment.aborted.append(ended);
}

function isSound(batches: Buffer, at: number): boolean {
  try {
    return verifyCrc(batches, readBatchHeader(batches, at));
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
