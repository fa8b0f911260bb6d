import { ProtocolError } from '../protocol-error.ts';
import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  CONTROL_FLAG,
  isWhole,
  magicAt,
  readBatchHeader,
  TRANSACTIONAL_FLAG,
  writeBatchHeader,
} from './batch-header.ts';
import { type CompressionType, compress, compressionCode } from './compression.ts';
import { readOldMessages } from './message-set.ts';
import { openBatch, type RecordHeader } from './record-cursor.ts';

/** A record as an application sees it. Keys and values share memory with the buffer, or with the decompressed batch. */
export interface DecodedRecord {
  offset: number;
  /** Milliseconds since the epoch; -1 for none. */
  timestamp: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: RecordHeader[];
  /** Bytes of the record in its batch, before compression. */
  sizeInBytes: number;
  batch: BatchHeader;
}

export interface RecordToEncode {
  key?: Uint8Array | string | null;
  value?: Uint8Array | string | null;
  headers?: readonly { key: string; value: Uint8Array | string | null }[];
  /** Milliseconds since the epoch; -1 when left out. */
  timestamp?: number;
  /** Only where offsets have gaps, as in a compacted log; one more than the one before when left out. */
  offset?: number;
}

export interface BatchToEncode {
  records: readonly RecordToEncode[];
  baseOffset?: number;
  compression?: CompressionType;
  partitionLeaderEpoch?: number;
  producerId?: bigint;
  producerEpoch?: number;
  baseSequence?: number;
  isTransactional?: boolean;
  isControl?: boolean;
}

/** Every record in a buffer of batches and old messages; a batch cut off at the end is left out. `maxBytes` bounds each batch. */
export function* iterateRecords(buffer: Buffer, maxBytes?: number): Generator<DecodedRecord, void> {
  let position = 0;
  while (isWhole(buffer, position)) {
    if (magicAt(buffer, position) < 2) {
      const messages = readOldMessages(buffer, position, maxBytes);
      for (const message of messages) yield { ...message, headers: [] };
      position += 12 + buffer.readInt32BE(position + 8);
      continue;
    }
    const batch = readBatchHeader(buffer, position);
    const cursor = openBatch(buffer, batch, maxBytes);
    while (cursor.next()) {
      const { offset, timestamp, sizeInBytes } = cursor;
      const [key, value] = [cursor.key(), cursor.value()];
      yield { offset, timestamp, key, value, headers: cursor.headers(), sizeInBytes, batch };
    }
    position += batch.sizeInBytes;
  }
}

/** All of `iterateRecords`. Throws ProtocolError when a batch is malformed. */
export function decodeRecords(buffer: Buffer, maxBytes?: number): DecodedRecord[] {
  return [...iterateRecords(buffer, maxBytes)];
}

/** One batch of message format 2. Throws ProtocolError when it has no records or a record cannot be in it. */
export function encodeRecordBatch(batch: BatchToEncode): Buffer {
  const { records, baseOffset = 0, compression = 'none' } = batch;
  const first = records[0];
  if (!first) throw new ProtocolError('a batch has at least one record');
  const baseTimestamp = first.timestamp ?? -1;
  const parts: Buffer[] = [];
  let offset = baseOffset - 1;
  let maxTimestamp = -1;
  for (const record of records) {
    const next = record.offset ?? offset + 1;
    if (next <= offset) throw new ProtocolError('offsets of a batch ascend');
    offset = next;
    const timestamp = record.timestamp ?? -1;
    maxTimestamp = Math.max(maxTimestamp, timestamp);
    parts.push(encodeRecord(record, timestamp - baseTimestamp, offset - baseOffset));
  }
  const stored = compress(compression, Buffer.concat(parts));
  const encoded = Buffer.concat([Buffer.alloc(BATCH_HEADER_BYTES), stored]);
  writeBatchHeader(encoded, {
    baseOffset,
    sizeInBytes: encoded.length,
    partitionLeaderEpoch: batch.partitionLeaderEpoch ?? -1,
    attributes:
      compressionCode(compression) |
      (batch.isTransactional ? TRANSACTIONAL_FLAG : 0) |
      (batch.isControl ? CONTROL_FLAG : 0),
    lastOffsetDelta: offset - baseOffset,
    baseTimestamp,
    maxTimestamp,
    producerId: batch.producerId ?? -1n,
    producerEpoch: batch.producerEpoch ?? -1,
    baseSequence: batch.baseSequence ?? -1,
    recordCount: records.length,
  });
  return encoded;
}

function encodeRecord(record: RecordToEncode, timestampDelta: number, offsetDelta: number): Buffer {
  const key = bytesOf(record.key);
  const value = bytesOf(record.value);
  const headers = (record.headers ?? []).map(
    (header) => [Buffer.from(header.key), bytesOf(header.value)] as const,
  );
  const varints = [timestampDelta, offsetDelta, key?.length ?? -1, value?.length ?? -1, headers.length];
  let length = 1 + (key?.length ?? 0) + (value?.length ?? 0);
  for (const number of varints) length += varlongBytes(number);
  for (const part of headers.flat()) length += varlongBytes(part?.length ?? -1) + (part?.length ?? 0);

  const encoded = Buffer.allocUnsafe(varlongBytes(length) + length);
  let at = writeVarlong(encoded, 0, length);
  encoded[at++] = 0;
  at = writeVarlong(encoded, at, timestampDelta);
  at = writeVarlong(encoded, at, offsetDelta);
  at = writeBytes(encoded, at, key);
  at = writeBytes(encoded, at, value);
  at = writeVarlong(encoded, at, headers.length);
  for (const part of headers.flat()) at = writeBytes(encoded, at, part);
  return encoded;
}

function bytesOf(value: Uint8Array | string | null | undefined): Uint8Array | null {
  return typeof value === 'string' ? Buffer.from(value) : (value ?? null);
}

function writeBytes(target: Buffer, at: number, bytes: Uint8Array | null): number {
  const start = writeVarlong(target, at, bytes?.length ?? -1);
  if (bytes) target.set(bytes, start);
  return start + (bytes?.length ?? 0);
}

/** Zigzag: small numbers of either sign become small unsigned ones. */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Bytes that a zigzag varint takes. */
export function varlongBytes(value: number): number {
  let bytes = 1;
  for (let rest = zigzag(value); rest > 0x7f; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** Writes a zigzag varint and returns where it ends. */
export function writeVarlong(target: Buffer, start: number, value: number): number {
  let at = start;
  let rest = zigzag(value);
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) target[at++] = (rest % 128) | 0x80;
  target[at++] = rest;
  return at;
}
