import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  CONTROL_FLAG,
  DELETE_HORIZON_FLAG,
  LOG_APPEND_TIME_FLAG,
  TRANSACTIONAL_FLAG,
  writeBatchHeader,
} from '../../../protocol/records/batch-header.ts';
import { compress } from '../../../protocol/records/compression.ts';
import { varlongBytes, writeVarlong } from '../../../protocol/records/record-batch.ts';
import { openBatch, type RecordCursor } from '../../../protocol/records/record-cursor.ts';

/** Others get their turn after this many records of one batch. */
const RECORDS_PER_STEP = 500;

/** What becomes of a batch in compaction. */
export interface BatchRetention {
  /** Nothing is left of its records, whatever `isKept` says. */
  readonly dropsRecords: boolean;
  /** An empty batch stays in its place: it has a producer's last sequence, or the end of what was compacted. */
  readonly keepsEmpty: boolean;
  /** A transaction's marker that has outlived all records of its transaction: its time runs like a tombstone's. */
  readonly isLoneMarker: boolean;
  readonly isKept: (cursor: RecordCursor) => boolean;
  /** When a tombstone or lone marker that is met for the first time may go, in milliseconds since the epoch. */
  readonly newDeleteHorizon: number;
}

/** When tombstones and markers of the batch may go; null when it has not been decided. */
export function deleteHorizonOf(header: BatchHeader): number | null {
  return header.attributes & DELETE_HORIZON_FLAG ? header.baseTimestamp : null;
}

/**
 * What compaction leaves of a batch (MemoryRecords.filterTo): the same bytes, a smaller batch that keeps its offsets and
 * sequences, an empty one, or null for nothing. Pauses within long batches.
 */
export function* cleanBatch(
  batches: Buffer,
  header: BatchHeader,
  retention: BatchRetention,
): Generator<void, Buffer | null, void> {
  const kept: Buffer[] = [];
  const deltas: number[] = [];
  let hasTombstones = false;
  let maxTimestamp = -1;
  let read = 0;
  if (!retention.dropsRecords) {
    const cursor = openBatch(batches, header);
    while (cursor.next()) {
      if (++read % RECORDS_PER_STEP === 0) yield;
      if (!retention.isKept(cursor)) continue;
      if (cursor.valueLength < 0) hasTombstones = true;
      maxTimestamp = Math.max(maxTimestamp, cursor.timestamp);
      kept.push(cursor.bytes.subarray(cursor.start, cursor.start + cursor.sizeInBytes));
      deltas.push(cursor.afterTimestamp - cursor.start, cursor.timestamp);
    }
  }
  if (kept.length === 0) return retention.keepsEmpty ? emptied(header) : null;
  const setsHorizon =
    (hasTombstones || retention.isLoneMarker) && (header.attributes & DELETE_HORIZON_FLAG) === 0;
  if (!setsHorizon && kept.length === header.recordCount) {
    return batches.subarray(header.position, header.position + header.sizeInBytes);
  }
  const isLogAppendTime = (header.attributes & LOG_APPEND_TIME_FLAG) !== 0;
  const base = setsHorizon ? retention.newDeleteHorizon : header.baseTimestamp;
  const records = setsHorizon
    ? kept.map((record, index) => rebased(record, deltas[index * 2]!, deltas[index * 2 + 1]! - base))
    : kept;
  const stored = compress(header.compression, Buffer.concat(records));
  const result = Buffer.concat([Buffer.alloc(BATCH_HEADER_BYTES), stored]);
  writeBatchHeader(result, {
    ...header,
    sizeInBytes: result.length,
    attributes: header.attributes | (setsHorizon ? DELETE_HORIZON_FLAG : 0),
    baseTimestamp: base,
    maxTimestamp: isLogAppendTime ? header.maxTimestamp : maxTimestamp,
    recordCount: kept.length,
  });
  return result;
}

/** The record with another distance from its batch's base timestamp. `bodyStart` is what follows its timestamp. */
function rebased(record: Buffer, bodyStart: number, timestampDelta: number): Buffer {
  const body = record.length - bodyStart;
  const length = 1 + varlongBytes(timestampDelta) + body;
  const result = Buffer.allocUnsafe(varlongBytes(length) + length);
  let at = writeVarlong(result, 0, length);
  // A record's attributes are unused.
  result[at++] = 0;
  at = writeVarlong(result, at, timestampDelta);
  record.copy(result, at, bodyStart);
  return result;
}

/** DefaultRecordBatch.writeEmptyHeader */
function emptied(header: BatchHeader): Buffer {
  const result = Buffer.alloc(BATCH_HEADER_BYTES);
  writeBatchHeader(result, {
    ...header,
    sizeInBytes: result.length,
    attributes: header.attributes & (LOG_APPEND_TIME_FLAG | TRANSACTIONAL_FLAG | CONTROL_FLAG),
    baseTimestamp: -1,
    recordCount: 0,
  });
  return result;
}
