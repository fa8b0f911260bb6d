import { ERROR } from '../../protocol/errors.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  magicAt,
  readBatchHeader,
  setBaseOffset,
  setLogAppendTime,
  setPartitionLeaderEpoch,
  verifyCrc,
  writeBatchHeader,
} from '../../protocol/records/batch-header.ts';
import {
  type CompressionType,
  compress,
  compressionCode,
  decompress,
} from '../../protocol/records/compression.ts';
import { openBatch } from '../../protocol/records/record-cursor.ts';
import type { LogConfig } from './log-config.ts';

/** Which record of a batch was wrong (KIP-467). */
export interface RecordError {
  readonly batchIndex: number;
  readonly message: string;
}

export class RefusedRecords extends Error {
  readonly errorCode: number;
  readonly recordErrors: readonly RecordError[];

  constructor(errorCode: number, message: string, recordErrors: readonly RecordError[] = []) {
    super(message);
    this.errorCode = errorCode;
    this.recordErrors = recordErrors;
  }
}

/** coordinator: the broker itself, which alone may write control records. */
export type AppendOrigin = 'client' | 'coordinator';

/**
 * Checks what a producer sent, batch by batch, in the words of Kafka's LogValidator.
 * @throws RefusedRecords
 */
export function checkProduced(
  records: Buffer,
  config: LogConfig,
  partitionName: string,
  origin: AppendOrigin,
  now: number,
): BatchHeader[] {
  const headers: BatchHeader[] = [];
  let at = 0;
  while (at < records.length) {
    const header = readHeader(records, at, partitionName);
    checkBatch(records, header, config, partitionName, origin);
    checkRecords(records, header, config, partitionName, now);
    headers.push(header);
    at += header.sizeInBytes;
  }
  if (headers.length === 0)
    throw new RefusedRecords(ERROR.INVALID_RECORD, 'Record batch has no batches at all');
  return headers;
}

/**
 * Makes checked batches ready for the log: final offsets, the leader's epoch, the time of appending where the topic
 * wants it, the topic's compression. Changes `records` in place unless batches must be compressed anew.
 */
export function finishBatches(
  records: Buffer,
  headers: readonly BatchHeader[],
  config: LogConfig,
  nextOffset: number,
  leaderEpoch: number,
  now: number,
): Buffer {
  const target = targetCompression(config);
  const recompress = target !== null && headers.some((header) => header.compression !== target);
  const pieces: Buffer[] = [];
  let offset = nextOffset;
  for (const header of headers) {
    let batch = records.subarray(header.position, header.position + header.sizeInBytes);
    if (recompress && !header.isControl) batch = recompressed(batch, header, target, config.compressionLevel);
    setBaseOffset(batch, 0, offset);
    setPartitionLeaderEpoch(batch, 0, leaderEpoch);
    if (config.logAppendTime) setLogAppendTime(batch, 0, now);
    offset += header.lastOffsetDelta + 1;
    pieces.push(batch);
  }
  return recompress ? Buffer.concat(pieces) : records;
}

function readHeader(records: Buffer, at: number, partitionName: string): BatchHeader {
  if (records.length - at < 17) throw corrupt(`Records are cut off in topic partition ${partitionName}.`);
  const magic = magicAt(records, at);
  if (magic !== 2) {
    throw new RefusedRecords(
      ERROR.UNSUPPORTED_FOR_MESSAGE_FORMAT,
      `Message format ${magic} is not supported: only record batches of format 2 are.`,
    );
  }
  try {
    const header = readBatchHeader(records, at);
    if (at + header.sizeInBytes <= records.length) return header;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
  throw corrupt(
    `Cannot append record batch with illegal length ${records.length - at} to log for ${partitionName}. A possible cause is a corrupted produce request.`,
  );
}

function checkBatch(
  records: Buffer,
  header: BatchHeader,
  config: LogConfig,
  partitionName: string,
  origin: AppendOrigin,
): void {
  const size = header.sizeInBytes;
  const where = `in topic partition ${partitionName}`;
  if (origin === 'client' && header.baseOffset !== 0) {
    throw invalid(
      `The baseOffset of the record batch in the append to ${partitionName} should be 0, but it is ${header.baseOffset}`,
    );
  }
  if (size > config.maxMessageBytes) {
    throw new RefusedRecords(
      ERROR.MESSAGE_TOO_LARGE,
      `The record batch size in the append to ${partitionName} is ${size} bytes which exceeds the maximum configured value of ${config.maxMessageBytes}).`,
    );
  }
  if (size > config.segmentBytes) {
    throw new RefusedRecords(
      ERROR.RECORD_LIST_TOO_LARGE,
      `Message batch size is ${size} bytes in append to partition ${partitionName}, which exceeds the maximum configured segment size of ${config.segmentBytes}.`,
    );
  }
  if (!verifyCrc(records, header)) throw corrupt(`Record is corrupt (stored crc = ${header.crc}) ${where}.`);
  const count = header.lastOffsetDelta + 1;
  const range = `[${header.baseOffset}, ${header.baseOffset + header.lastOffsetDelta}]`;
  if (count <= 0) throw invalid(`Batch has an invalid offset range: ${range} ${where}`);
  if (header.recordCount <= 0) {
    throw invalid(`Invalid reported count for record batch: ${header.recordCount} ${where}`);
  }
  if (header.recordCount !== count) {
    throw invalid(
      `Inconsistent batch offset range ${range} and count of records ${header.recordCount} ${where}`,
    );
  }
  if (header.isControl && origin === 'client') {
    throw invalid(`Clients are not allowed to write control records ${where}`);
  }
  if (origin === 'client' && header.producerId >= 0n && header.baseSequence < 0) {
    throw invalid(
      `Invalid sequence number ${header.baseSequence} in record batch with producerId ${header.producerId} ${where}`,
    );
  }
  if (header.timestampType === 'LogAppendTime') {
    throw new RefusedRecords(
      ERROR.INVALID_TIMESTAMP,
      'Invalid timestamp type in message. Producer should not set timestamp type to LogAppendTime.',
    );
  }
}

/** Walks through the records of plain batches. Compressed ones are unfolded only where a rule needs their keys. */
function checkRecords(
  records: Buffer,
  header: BatchHeader,
  config: LogConfig,
  partitionName: string,
  now: number,
): void {
  const earliest = now - config.timestampBeforeMaxMs;
  const latest = now + config.timestampAfterMaxMs;
  const needsKeys = config.compacts && !header.isControl;
  if (header.compression !== 'none' && !needsKeys) {
    if (!config.logAppendTime && (header.maxTimestamp > latest || header.baseTimestamp < earliest)) {
      throw lateOrEarly([], header.maxTimestamp, header.lastOffsetDelta, earliest, latest);
    }
    return;
  }
  const missingKeys: RecordError[] = [];
  let index = 0;
  try {
    const cursor = openBatch(records, header);
    while (cursor.next()) {
      if (cursor.offset !== header.baseOffset + index) {
        throw invalid(`Batch has an invalid offset ${cursor.offset} in topic partition ${partitionName}`);
      }
      if (needsKeys && cursor.keyLength < 0) {
        const message = `Compacted topic cannot accept message without key in topic partition ${partitionName}.`;
        missingKeys.push({ batchIndex: index, message });
      }
      const timestamp = cursor.timestamp;
      if (!config.logAppendTime && timestamp >= 0 && (timestamp < earliest || timestamp > latest)) {
        throw lateOrEarly([index], timestamp, cursor.offset, earliest, latest);
      }
      index++;
    }
  } catch (error) {
    if (error instanceof ProtocolError) {
      throw invalid(`Found invalid records in topic partition ${partitionName}: ${error.message}`);
    }
    throw error;
  }
  if (missingKeys.length === 0) return;
  const shown = missingKeys
    .slice(0, 3)
    .map((each) => `RecordError(batchIndex=${each.batchIndex}, message='${each.message}')`);
  throw new RefusedRecords(
    ERROR.INVALID_RECORD,
    `One or more records have been rejected due to ${missingKeys.length} record errors in total, and only showing the first three errors at most: [${shown.join(', ')}]`,
    missingKeys,
  );
}

function lateOrEarly(
  indexes: readonly number[],
  timestamp: number,
  offset: number,
  earliest: number,
  latest: number,
): RefusedRecords {
  const message = `Timestamp ${timestamp} of message with offset ${offset} is out of range. The timestamp should be within [${earliest}, ${latest}]`;
  return new RefusedRecords(
    ERROR.INVALID_TIMESTAMP,
    'One or more records have been rejected due to invalid timestamp',
    indexes.map((batchIndex) => ({ batchIndex, message })),
  );
}

/** Null: the producer's choice stands. */
function targetCompression(config: LogConfig): CompressionType | null {
  switch (config.compressionType) {
    case 'gzip':
    case 'snappy':
    case 'lz4':
    case 'zstd':
      return config.compressionType;
    case 'uncompressed':
      return 'none';
    default:
      return null;
  }
}

function recompressed(
  batch: Buffer,
  header: BatchHeader,
  target: CompressionType,
  level: number | undefined,
): Buffer {
  if (header.compression === target) return Buffer.from(batch);
  const plain = decompress(header.compression, batch.subarray(BATCH_HEADER_BYTES));
  const result = Buffer.concat([Buffer.alloc(BATCH_HEADER_BYTES), compress(target, plain, level)]);
  writeBatchHeader(result, {
    ...header,
    sizeInBytes: result.length,
    attributes: (header.attributes & ~0x07) | compressionCode(target),
  });
  return result;
}

function invalid(message: string): RefusedRecords {
  return new RefusedRecords(ERROR.INVALID_RECORD, message);
}

function corrupt(message: string): RefusedRecords {
  return new RefusedRecords(ERROR.CORRUPT_MESSAGE, message);
}
