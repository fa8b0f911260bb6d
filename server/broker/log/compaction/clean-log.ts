import { type BatchHeader, readBatchHeader } from '../../../protocol/records/batch-header.ts';
import { openBatch, type RecordCursor } from '../../../protocol/records/record-cursor.ts';
import type { FileStore } from '../file-store.ts';
import { LogSegment } from '../log-segment.ts';
import { cleanBatch, deleteHorizonOf } from './clean-batch.ts';
import type { CleanableLog } from './cleanable.ts';
import { CleanedTransactions } from './cleaned-transactions.ts';
import { KeyOffsets } from './key-offsets.ts';

/** Others get their turn after this many records. */
const RECORDS_PER_STEP = 500;
/** Batches are written in pieces of this size. */
const WRITE_BYTES = 256 * 1024;

/** What compaction may take. */
export interface CleanerLimits {
  /** `log.cleaner.dedupe.buffer.size` */
  readonly mapBytes: number;
  /** `log.cleaner.io.buffer.load.factor` */
  readonly loadFactor: number;
}

/** One round of compaction of one log: the last offsets of the keys in its dirty part, and what follows from them. */
export interface CleaningRound {
  readonly target: CleanableLog;
  readonly keys: KeyOffsets;
  /** Offset after the last one that `keys` knows of: up to here the log is clean afterwards. */
  readonly endOffset: number;
  readonly transactions: CleanedTransactions;
  readonly lastBatches: ReadonlyMap<number, { readonly epoch: number; readonly lastOffset: number }>;
  readonly now: number;
}

/** Reads the dirty part and notes each key's last offset, as many keys as memory allows. */
export function* beginRound(
  target: CleanableLog,
  limits: CleanerLimits,
  now: number,
): Generator<void, CleaningRound, void> {
  const { log, firstDirtyOffset, firstUncleanableOffset } = target;
  const { segments } = log;
  const keys = new KeyOffsets(firstUncleanableOffset - firstDirtyOffset, limits.mapBytes, limits.loadFactor);
  const aborted = segments.flatMap((segment) => segment.aborted.all());
  const inDirtyPart = new CleanedTransactions(aborted.filter((each) => each.lastOffset >= firstDirtyOffset));
  const endOffset = yield* noteKeys(keys, target, segments, inDirtyPart);
  return {
    target,
    keys,
    endOffset,
    transactions: new CleanedTransactions(aborted),
    lastBatches: log.producers.lastBatches(),
    now,
  };
}

/** Returns the offset after the last record that was noted, or that needs no note. */
function* noteKeys(
  keys: KeyOffsets,
  { firstDirtyOffset, firstUncleanableOffset }: CleanableLog,
  segments: readonly LogSegment[],
  transactions: CleanedTransactions,
): Generator<void, number, void> {
  let read = 0;
  let noted = firstDirtyOffset;
  for (const [index, segment] of segments.entries()) {
    const segmentEnd = segments[index + 1]?.baseOffset ?? Number.POSITIVE_INFINITY;
    if (segmentEnd <= firstDirtyOffset || segment.baseOffset >= firstUncleanableOffset) continue;
    for (const { bytes, at } of segment.batchesFrom(firstDirtyOffset)) {
      const header = readBatchHeader(bytes, at);
      if (header.isControl) transactions.passMarker(bytes, header);
      else if (!transactions.passBatch(header)) {
        const cursor = openBatch(bytes, header);
        while (cursor.next()) {
          if (++read % RECORDS_PER_STEP === 0) yield;
          if (cursor.keyLength < 0 || cursor.offset < firstDirtyOffset) continue;
          // What follows stays as it is until the next round.
          if (!keys.put(cursor.key()!, cursor.offset)) return noted;
          noted = cursor.offset + 1;
        }
      }
      noted = Math.max(noted, header.baseOffset + header.lastOffsetDelta + 1);
    }
    noted = Math.max(noted, Math.min(segmentEnd, firstUncleanableOffset));
    yield;
  }
  return noted;
}

/**
 * The segments that a round compacts, in groups of neighbours that together are not larger than a segment may be: each
 * group becomes one segment, so that they do not get ever smaller.
 */
export function groupsToClean({ target, endOffset }: CleaningRound): LogSegment[][] {
  const { log, config, firstUncleanableOffset } = target;
  const { segments } = log;
  const groups: LogSegment[][] = [];
  let size = 0;
  let indexSize = 0;
  for (const [index, segment] of segments.entries()) {
    if (segment.baseOffset >= Math.min(endOffset, firstUncleanableOffset)) break;
    const group = groups.at(-1);
    size += segment.sizeInBytes;
    indexSize += segment.indexSizeInBytes;
    const end = segments[index + 1]?.baseOffset ?? firstUncleanableOffset;
    const fits =
      size <= config.segmentBytes &&
      indexSize <= config.segmentIndexBytes &&
      end - (group?.[0]?.baseOffset ?? 0) <= 0x7fff_ffff;
    if (group !== undefined && fits) group.push(segment);
    else {
      groups.push([segment]);
      size = segment.sizeInBytes;
      indexSize = segment.indexSizeInBytes;
    }
  }
  return groups;
}

/** Writes what is left of a group into a new segment, whose files are still named `.cleaned`. */
export function* cleanGroup(
  round: CleaningRound,
  group: readonly LogSegment[],
  store: FileStore,
): Generator<void, LogSegment, void> {
  const { log, config } = round.target;
  const cleaned = new LogSegment(store, log.directory, group[0]!.baseOffset, '.cleaned');
  let written = false;
  try {
    cleaned.create();
    let pieces: Buffer[] = [];
    let size = 0;
    const write = () => {
      if (size > 0) cleaned.append(Buffer.concat(pieces), config);
      pieces = [];
      size = 0;
    };
    for (const segment of group) {
      for (const { bytes, at } of segment.batchesFrom(segment.baseOffset)) {
        const left = yield* cleanOne(round, bytes, readBatchHeader(bytes, at), cleaned);
        if (left === null) continue;
        pieces.push(left);
        size += left.length;
        if (size >= WRITE_BYTES) write();
      }
      yield;
    }
    write();
    cleaned.seal();
    written = true;
  } finally {
    if (!written) cleaned.remove();
  }
  return cleaned;
}

function* cleanOne(
  round: CleaningRound,
  bytes: Buffer,
  header: BatchHeader,
  cleaned: LogSegment,
): Generator<void, Buffer | null, void> {
  const { keys, now, target } = round;
  const horizon = deleteHorizonOf(header);
  const isOver = horizon !== null && horizon <= now;
  let isDone: boolean;
  if (header.isControl) {
    const marker = round.transactions.passMarker(bytes, header);
    isDone = marker.isDone;
    if (marker.aborted !== null) cleaned.aborted.append(marker.aborted);
  } else isDone = round.transactions.passBatch(header);
  return yield* cleanBatch(bytes, header, {
    dropsRecords: isDone && (!header.isControl || isOver),
    keepsEmpty: isLastOfProducer(round, header) || endOffsetOf(header) === target.firstUncleanableOffset,
    isLoneMarker: isDone && header.isControl,
    isKept: (cursor) => header.isControl || isLatest(cursor, keys, round.endOffset, isOver),
    newDeleteHorizon: now + target.config.deleteRetentionMs,
  });
}

/** The last record of its key stays, a tombstone for as long as consumers are given to see it. */
function isLatest(cursor: RecordCursor, keys: KeyOffsets, endOffset: number, isOver: boolean): boolean {
  if (cursor.offset >= endOffset) return true;
  if (cursor.keyLength < 0) return false;
  return cursor.offset >= keys.get(cursor.key()!) && (cursor.valueLength >= 0 || !isOver);
}

/** It holds an active producer's last sequence, or its epoch when there is nothing but a marker of it. */
function isLastOfProducer({ lastBatches }: CleaningRound, header: BatchHeader): boolean {
  if (header.producerId < 0n) return false;
  const last = lastBatches.get(Number(header.producerId));
  if (last === undefined) return false;
  if (last.lastOffset >= 0) return endOffsetOf(header) - 1 === last.lastOffset;
  return header.isControl && header.producerEpoch === last.epoch;
}

function endOffsetOf(header: BatchHeader): number {
  return header.baseOffset + header.lastOffsetDelta + 1;
}
