import { BATCH_HEADER_BYTES, LOG_OVERHEAD_BYTES, readInt64 } from '../../protocol/records/batch-header.ts';

/**
 * Steps over record batches (magic 2) in a buffer and reads the few fields that a log needs at each, without making
 * a header object: a fetch of a megabyte of tiny batches passes thousands of them.
 */

/** Bytes of the whole batch at `at`, as its length field says; at least 12 bytes must be there. */
export function batchSizeAt(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + 8) + LOG_OVERHEAD_BYTES;
}

export function baseOffsetAt(buffer: Buffer, at: number): number {
  return readInt64(buffer, at);
}

export function lastOffsetAt(buffer: Buffer, at: number): number {
  return readInt64(buffer, at) + buffer.readInt32BE(at + 23);
}

export function leaderEpochAt(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + 12);
}

export function maxTimestampAt(buffer: Buffer, at: number): number {
  return readInt64(buffer, at + 35);
}

/** Whether an idempotent or transactional producer wrote the batch: its producer id is not negative. */
export function hasProducer(buffer: Buffer, at: number): boolean {
  return buffer[at + 43]! < 0x80;
}

/** Records in the batch; 0 in one that compaction emptied. */
export function recordCountAt(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + 57);
}

/** Where the last whole batch ends: bytes from `start` on that can be walked safely. */
export function wholeBatchesEnd(buffer: Buffer, start = 0): number {
  let at = start;
  while (at + BATCH_HEADER_BYTES <= buffer.length) {
    const size = batchSizeAt(buffer, at);
    if (size < BATCH_HEADER_BYTES || at + size > buffer.length) break;
    at += size;
  }
  return at;
}

/** Position of the first batch in whole batches whose last offset is `offset` or beyond; the end when there is none. */
export function positionOfOffset(batches: Buffer, offset: number): number {
  let at = 0;
  while (at < batches.length && lastOffsetAt(batches, at) < offset) at += batchSizeAt(batches, at);
  return at;
}

/** The offset after the last of whole batches. */
export function endOffsetOf(batches: Buffer): number {
  let end = -1;
  for (let at = 0; at < batches.length; at += batchSizeAt(batches, at)) end = lastOffsetAt(batches, at) + 1;
  return end;
}
