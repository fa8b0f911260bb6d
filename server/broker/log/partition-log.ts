import { ProtocolError } from '../../protocol/protocol-error.ts';
import { type BatchHeader, readBatchHeader, verifyCrc } from '../../protocol/records/batch-header.ts';
import { openBatch } from '../../protocol/records/record-cursor.ts';
import { baseOffsetAt, batchSizeAt, lastOffsetAt, leaderEpochAt } from './batch-walk.ts';
import type { FileStore } from './file-store.ts';
import { lastSlotAtMost } from './index-file.ts';
import { LeaderEpochs } from './leader-epochs.ts';
import type { LogConfig } from './log-config.ts';
import { LogSegment, segmentFile } from './log-segment.ts';
import { type ProducedBatch, ProducerState, type SequenceVerdict } from './producer-state.ts';
import { type RecentBatches, RecentTail } from './recent-batches.ts';

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
}

/**
 * One replica's log: segments in order, of which the last gets the appends. It knows offsets, times and producers;
 * what may be read (the high watermark) and who leads is the business of `replica/`.
 */
export class PartitionLog {
  readonly directory: string;
  readonly epochs: LeaderEpochs;
  readonly #store: FileStore;
  readonly #tail: RecentTail;
  readonly #segments: LogSegment[];
  #logStartOffset: number;
  #logEndOffset: number;
  #recoveryPoint: number;
  /** Null until an idempotent producer writes: then made from the last snapshot and what came after it. */
  #producers: ProducerState | null = null;
  #unflushedRecords = 0;
  #unflushedSince = 0;

  constructor(open: OpenLog) {
    this.directory = open.directory;
    this.#store = open.store;
    this.#tail = new RecentTail(open.recent);
    this.epochs = new LeaderEpochs(open.store, open.directory);
    this.#segments = open.store
      .files(open.directory)
      .filter((name) => name.endsWith('.log'))
      .map((name) => Number(name.slice(0, -4)))
      .sort((a, b) => a - b)
      .map((baseOffset) => this.#segmentAt(baseOffset));
    if (this.#segments.length === 0) this.#segments.push(this.#segmentAt(open.logStartOffset));
    if (open.recoveryPoint !== Number.POSITIVE_INFINITY) this.#recover(open.recoveryPoint, open.config);
    this.#logEndOffset = Math.max(this.#active.endOffset(), this.#active.baseOffset);
    this.#logStartOffset = Math.max(
      this.#segments[0]!.baseOffset,
      Math.min(open.logStartOffset, this.#logEndOffset),
    );
    this.#recoveryPoint = Math.min(open.recoveryPoint, this.#logEndOffset);
    this.epochs.truncateFromEnd(this.#logEndOffset);
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
    return this.#segments.reduce((sum, segment) => sum + segment.sizeInBytes, 0);
  }

  get segmentCount(): number {
    return this.#segments.length;
  }

  /** Whether an idempotent producer may append this batch now. */
  judge(batch: ProducedBatch, partitionName: string): SequenceVerdict {
    return this.#knownProducers().judge(batch, this.#logEndOffset, partitionName);
  }

  /** Appends whole batches with final offsets, the first not below the log's end. */
  append(batches: Buffer, config: LogConfig, now: number): void {
    if (this.#active.isFullFor(batches, config, now)) this.#roll(baseOffsetAt(batches, 0));
    this.#active.append(batches, config);
    this.#tail.add(batches);
    for (let at = 0; at < batches.length; at += batchSizeAt(batches, at)) {
      const header = readBatchHeader(batches, at);
      if (header.partitionLeaderEpoch >= 0)
        this.epochs.assign(header.partitionLeaderEpoch, header.baseOffset);
      if (header.producerId >= 0n) this.#knownProducers().record(producedBatch(header));
      this.#logEndOffset = header.baseOffset + header.lastOffsetDelta + 1;
      this.#unflushedRecords += header.recordCount;
    }
    if (this.#unflushedSince === 0) this.#unflushedSince = now;
    if (this.#unflushedRecords >= config.flushMessages) this.flush();
  }

  /** Whole batches from the one that holds `offset` on, all below `limit`. The buffers are shared: nobody may change them. */
  read(offset: number, maxBytes: number, limit: number): Buffer[] {
    const end = Math.min(limit, this.#logEndOffset);
    if (offset >= end) return [];
    if (offset >= this.#tail.startOffset) return this.#tail.read(offset, maxBytes, end);
    for (let index = this.#segmentOf(offset); index < this.#segments.length; index++) {
      const bytes = this.#segments[index]!.read(offset, maxBytes, end);
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
    while (this.#segments.length > 1 && this.#segments[1]!.baseOffset <= this.#logStartOffset) {
      this.#segments.shift()!.delete();
    }
    this.epochs.truncateFromStart(this.#logStartOffset);
  }

  /**
   * Deletes what retention no longer wants, as far as it is replicated (below `highWatermark`).
   * Returns true when the log's start moved.
   */
  applyRetention(config: LogConfig, highWatermark: number, now: number): boolean {
    if (!config.deletes) return false;
    const start = this.#logStartOffset;
    let excess =
      config.retentionBytes < 0 ? Number.NEGATIVE_INFINITY : this.sizeInBytes - config.retentionBytes;
    let newStart = start;
    for (const [index, segment] of this.#segments.entries()) {
      const end = this.#segments[index + 1]?.baseOffset ?? this.#logEndOffset;
      if (segment.sizeInBytes === 0 || end > highWatermark) break;
      const newest = segment.maxTimestamp().timestamp;
      const lastWrite = newest >= 0 ? newest : segment.modifiedAt(now);
      const tooOld = config.retentionMs >= 0 && now - lastWrite > config.retentionMs;
      if (!tooOld && excess < segment.sizeInBytes) break;
      excess -= segment.sizeInBytes;
      newStart = end;
    }
    if (newStart <= start) return false;
    if (newStart === this.#logEndOffset) this.#roll(this.#logEndOffset);
    this.advanceStart(newStart);
    return true;
  }

  /** Drops the batch with `offset` and everything after it: a new leader has other records there. */
  truncateTo(offset: number): void {
    if (offset >= this.#logEndOffset) return;
    if (offset <= this.#segments[0]!.baseOffset) {
      this.restartAt(offset);
      return;
    }
    while (this.#active.baseOffset > offset) this.#segments.pop()!.delete();
    this.#active.truncateTo(offset);
    this.#tail.clear();
    this.#logEndOffset = Math.max(this.#active.endOffset(), this.#active.baseOffset);
    this.#afterTruncation();
  }

  /** Drops everything; the next record gets this offset. */
  restartAt(offset: number): void {
    for (const segment of this.#segments.splice(0)) segment.delete();
    this.#segments.push(this.#segmentAt(offset));
    this.#tail.clear();
    this.epochs.clear();
    this.#logStartOffset = offset;
    this.#logEndOffset = offset;
    this.#afterTruncation();
  }

  /** Flushes when flush.ms has passed, forgets producers that were silent for `producerExpirationMs`. */
  sweep(config: LogConfig, now: number, producerExpirationMs: number): void {
    if (this.#unflushedRecords > 0 && now - this.#unflushedSince >= config.flushMs) this.flush();
    this.#producers?.expireBefore(now - producerExpirationMs);
  }

  flush(): void {
    this.#active.sync();
    this.#recoveryPoint = this.#logEndOffset;
    this.#unflushedRecords = 0;
    this.#unflushedSince = 0;
  }

  /** Leaves everything as a later start wants to find it. */
  close(): void {
    if (this.#logEndOffset > this.#segments[0]!.baseOffset) this.#snapshotProducers();
    if (this.#unflushedRecords > 0) this.flush();
    this.release();
  }

  /** Lets go of files and memory, no more: what a crash does. */
  release(): void {
    for (const segment of this.#segments) segment.close();
    this.#tail.clear();
  }

  delete(): void {
    this.release();
    this.#store.removeDirectory(this.directory);
  }

  get #active(): LogSegment {
    return this.#segments.at(-1)!;
  }

  #segmentAt(baseOffset: number): LogSegment {
    return new LogSegment(this.#store, this.directory, baseOffset);
  }

  #segmentOf(offset: number): number {
    return Math.max(
      0,
      lastSlotAtMost(this.#segments.length, (slot) => this.#segments[slot]!.baseOffset, offset),
    );
  }

  #roll(baseOffset: number): void {
    if (this.#active.sizeInBytes === 0) return;
    const sealed = this.#active;
    const endOffset = this.#logEndOffset;
    sealed.seal();
    this.#snapshotProducers();
    this.#segments.push(this.#segmentAt(baseOffset));
    sealed.syncLater().then(
      () => {
        if (endOffset <= this.#logEndOffset) this.#recoveryPoint = Math.max(this.#recoveryPoint, endOffset);
      },
      () => {},
    );
  }

  #recover(recoveryPoint: number, config: LogConfig): void {
    for (let index = 0; index < this.#segments.length; index++) {
      const segment = this.#segments[index]!;
      const end = this.#segments[index + 1]?.baseOffset;
      if (end !== undefined && end <= recoveryPoint) continue;
      const torn = segment.recover(config, (batches, at) => {
        if (!isSound(batches, at)) return false;
        const epoch = leaderEpochAt(batches, at);
        if (epoch > (this.epochs.latest?.epoch ?? -1)) this.epochs.assign(epoch, baseOffsetAt(batches, at));
        return true;
      });
      if (torn) for (const later of this.#segments.splice(index + 1)) later.delete();
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
    this.epochs.truncateFromEnd(this.#logEndOffset);
    this.#recoveryPoint = Math.min(this.#recoveryPoint, this.#logEndOffset);
    for (const offset of this.#snapshotOffsets()) {
      if (offset > this.#logEndOffset) this.#store.remove(this.#snapshotPath(offset));
    }
    this.#producers = null;
  }

  #knownProducers(): ProducerState {
    this.#producers ??= this.#loadProducers();
    return this.#producers;
  }

  #loadProducers(): ProducerState {
    const producers = new ProducerState();
    let from = this.#segments[0]!.baseOffset;
    for (const offset of this.#snapshotOffsets().reverse()) {
      if (offset > this.#logEndOffset) continue;
      const snapshot = this.#store.readBytes(this.#snapshotPath(offset));
      if (snapshot === null || !producers.loadSnapshot(snapshot)) continue;
      from = offset;
      break;
    }
    for (let index = this.#segmentOf(from); index < this.#segments.length; index++) {
      this.#segments[index]!.forEachBatchFrom(from, (batches, at) => {
        const header = readBatchHeader(batches, at);
        if (header.producerId >= 0n && lastOffsetAt(batches, at) < this.#logEndOffset) {
          producers.record(producedBatch(header));
        }
        return true;
      });
    }
    return producers;
  }

  /** Writes a snapshot at the log's end and drops all older ones but the last. */
  #snapshotProducers(): void {
    if (this.#producers === null || this.#producers.size === 0) return;
    const older = this.#snapshotOffsets().filter((offset) => offset !== this.#logEndOffset);
    this.#store.replace(this.#snapshotPath(this.#logEndOffset), this.#producers.toSnapshot());
    for (const offset of older.slice(0, -1)) this.#store.remove(this.#snapshotPath(offset));
  }

  #snapshotPath(offset: number): string {
    return `${this.directory}/${segmentFile(offset, 'snapshot')}`;
  }

  /** Ascending. */
  #snapshotOffsets(): number[] {
    return this.#store
      .files(this.directory)
      .filter((name) => name.endsWith('.snapshot'))
      .map((name) => Number(name.slice(0, -'.snapshot'.length)))
      .sort((a, b) => a - b);
  }
}

/** The part of a batch's header that idempotence looks at. */
export function producedBatch(header: BatchHeader): ProducedBatch {
  return {
    producerId: Number(header.producerId),
    producerEpoch: header.producerEpoch,
    baseSequence: header.baseSequence,
    lastOffsetDelta: header.lastOffsetDelta,
    baseOffset: header.baseOffset,
    maxTimestamp: header.maxTimestamp,
  };
}

function isSound(batches: Buffer, at: number): boolean {
  try {
    return verifyCrc(batches, readBatchHeader(batches, at));
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
