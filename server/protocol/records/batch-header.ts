/**
 * The header of a record batch (message format 2, KIP-98), read and changed in place:
 *
 *   base offset 8 · length 4 · leader epoch 4 · magic 1 · crc 4 · attributes 2 · last offset delta 4 · base timestamp 8 ·
 *   max timestamp 8 · producer id 8 · producer epoch 2 · base sequence 4 · record count 4 · records
 */
import { ProtocolError } from '../protocol-error.ts';
import { type CompressionType, compressionTypeOf } from './compression.ts';
import { crc32c } from './crc32c.ts';

export type TimestampType = 'CreateTime' | 'LogAppendTime' | 'NoTimestamp';

export interface BatchHeader {
  /** Where the batch starts in the buffer it was read from. */
  position: number;
  /** Bytes of the whole batch, header and length field included. */
  sizeInBytes: number;
  baseOffset: number;
  /** The length field: bytes after it. */
  batchLength: number;
  partitionLeaderEpoch: number;
  magic: number;
  crc: number;
  attributes: number;
  compression: CompressionType;
  timestampType: TimestampType;
  isTransactional: boolean;
  /** Holds transaction markers or the like instead of an application's records. */
  isControl: boolean;
  lastOffsetDelta: number;
  /** Milliseconds since the epoch, as every timestamp here; -1 for none. */
  baseTimestamp: number;
  maxTimestamp: number;
  /** -1 when the producer is not idempotent. */
  producerId: bigint;
  producerEpoch: number;
  baseSequence: number;
  recordCount: number;
}

export const BATCH_HEADER_BYTES = 61;
/** The base offset and the length field, which every message format starts with. */
export const LOG_OVERHEAD_BYTES = 12;

const AT = {
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
} as const;

export const LOG_APPEND_TIME_FLAG = 0x08;
export const TRANSACTIONAL_FLAG = 0x10;
export const CONTROL_FLAG = 0x20;
/** The base timestamp is the time from which tombstones and markers of the batch may be deleted (KIP-534). */
export const DELETE_HORIZON_FLAG = 0x40;

/** Reads the header of the batch at a position. Throws ProtocolError when it is cut off, malformed or of an older format. */
export function readBatchHeader(buffer: Buffer, position = 0): BatchHeader {
  if (position + BATCH_HEADER_BYTES > buffer.length) throw new ProtocolError('batch header is cut off');
  const magic = buffer.readInt8(position + AT.magic);
  if (magic !== 2) throw new ProtocolError(`batch has message format ${magic}, not 2`);
  const batchLength = buffer.readInt32BE(position + AT.length);
  if (batchLength < BATCH_HEADER_BYTES - LOG_OVERHEAD_BYTES)
    throw new ProtocolError(`batch length is ${batchLength}`);
  const attributes = buffer.readInt16BE(position + AT.attributes);
  return {
    position,
    sizeInBytes: LOG_OVERHEAD_BYTES + batchLength,
    baseOffset: readInt64(buffer, position),
    batchLength,
    partitionLeaderEpoch: buffer.readInt32BE(position + AT.leaderEpoch),
    magic,
    crc: buffer.readUInt32BE(position + AT.crc),
    attributes,
    compression: compressionTypeOf(attributes),
    timestampType: attributes & LOG_APPEND_TIME_FLAG ? 'LogAppendTime' : 'CreateTime',
    isTransactional: (attributes & TRANSACTIONAL_FLAG) !== 0,
    isControl: (attributes & CONTROL_FLAG) !== 0,
    lastOffsetDelta: buffer.readInt32BE(position + AT.lastOffsetDelta),
    baseTimestamp: readInt64(buffer, position + AT.baseTimestamp),
    maxTimestamp: readInt64(buffer, position + AT.maxTimestamp),
    producerId: buffer.readBigInt64BE(position + AT.producerId),
    producerEpoch: buffer.readInt16BE(position + AT.producerEpoch),
    baseSequence: buffer.readInt32BE(position + AT.baseSequence),
    recordCount: buffer.readInt32BE(position + AT.recordCount),
  };
}

/** The headers of the batches in a buffer, in order. A batch that is cut off at the end, as brokers may send, ends it. */
export function* iterateBatches(buffer: Buffer, start = 0): Generator<BatchHeader, void> {
  let position = start;
  while (isWhole(buffer, position)) {
    const header = readBatchHeader(buffer, position);
    yield header;
    position += header.sizeInBytes;
  }
}

/** Whether the batch or old message at a position is there to its end. Throws ProtocolError when its length is negative. */
export function isWhole(buffer: Buffer, position: number): boolean {
  if (position + AT.magic + 1 > buffer.length) return false;
  const length = buffer.readInt32BE(position + AT.length);
  if (length < AT.magic + 1 - LOG_OVERHEAD_BYTES) throw new ProtocolError(`batch length is ${length}`);
  return position + LOG_OVERHEAD_BYTES + length <= buffer.length;
}

/** The message format of the batch or old message at a position. */
export function magicAt(buffer: Buffer, position: number): number {
  return buffer.readInt8(position + AT.magic);
}

/** What the batch at a position says of its last offset, for those who need no more of its header. */
export function lastOffsetDeltaAt(buffer: Buffer, position: number): number {
  return buffer.readInt32BE(position + AT.lastOffsetDelta);
}

/** Whether the bytes of a batch are those its producer checksummed. */
export function verifyCrc(buffer: Buffer, header: BatchHeader): boolean {
  return crcOf(buffer, header.position, header.sizeInBytes) === header.crc;
}

/** The same of the batch at a position, whose header need not be one that can be read. */
export function isCrcRightAt(buffer: Buffer, position: number, sizeInBytes: number): boolean {
  return crcOf(buffer, position, sizeInBytes) === buffer.readUInt32BE(position + AT.crc);
}

/** Offsets are the broker's to give: the base offset is outside the checksum. */
export function setBaseOffset(buffer: Buffer, position: number, baseOffset: number): void {
  writeInt64(buffer, position, baseOffset);
}

/** The leader's epoch is outside the checksum too. */
export function setPartitionLeaderEpoch(buffer: Buffer, position: number, leaderEpoch: number): void {
  buffer.writeInt32BE(leaderEpoch, position + AT.leaderEpoch);
}

/** Makes the time of appending the batch's timestamp (`message.timestamp.type=LogAppendTime`); renews the checksum. */
export function setLogAppendTime(buffer: Buffer, position: number, timestamp: number): void {
  const attributes = buffer.readInt16BE(position + AT.attributes) | LOG_APPEND_TIME_FLAG;
  buffer.writeInt16BE(attributes, position + AT.attributes);
  setMaxTimestamp(buffer, position, timestamp);
}

/** Sets the largest timestamp; renews the checksum. */
export function setMaxTimestamp(buffer: Buffer, position: number, timestamp: number): void {
  writeInt64(buffer, position + AT.maxTimestamp, timestamp);
  setCrc(buffer, position);
}

/** Writes a whole header; base offset, lengths and checksum come from its fields and from the bytes that follow. */
export function writeBatchHeader(
  buffer: Buffer,
  header: Omit<
    BatchHeader,
    | 'position'
    | 'magic'
    | 'crc'
    | 'batchLength'
    | 'compression'
    | 'timestampType'
    | 'isTransactional'
    | 'isControl'
  >,
): void {
  writeInt64(buffer, 0, header.baseOffset);
  buffer.writeInt32BE(header.sizeInBytes - LOG_OVERHEAD_BYTES, AT.length);
  buffer.writeInt32BE(header.partitionLeaderEpoch, AT.leaderEpoch);
  buffer.writeInt8(2, AT.magic);
  buffer.writeInt16BE(header.attributes, AT.attributes);
  buffer.writeInt32BE(header.lastOffsetDelta, AT.lastOffsetDelta);
  writeInt64(buffer, AT.baseTimestamp, header.baseTimestamp);
  writeInt64(buffer, AT.maxTimestamp, header.maxTimestamp);
  buffer.writeBigInt64BE(header.producerId, AT.producerId);
  buffer.writeInt16BE(header.producerEpoch, AT.producerEpoch);
  buffer.writeInt32BE(header.baseSequence, AT.baseSequence);
  buffer.writeInt32BE(header.recordCount, AT.recordCount);
  setCrc(buffer, 0);
}

/** An int64 as a number: exact for every offset and time that can occur, rounded beyond 2^53. */
export function readInt64(buffer: Buffer, position: number): number {
  return buffer.readInt32BE(position) * 0x1_0000_0000 + buffer.readUInt32BE(position + 4);
}

function writeInt64(buffer: Buffer, position: number, value: number): void {
  buffer.writeInt32BE(Math.floor(value / 0x1_0000_0000), position);
  buffer.writeUInt32BE(value >>> 0, position + 4);
}

function setCrc(buffer: Buffer, position: number): void {
  const sizeInBytes = LOG_OVERHEAD_BYTES + buffer.readInt32BE(position + AT.length);
  buffer.writeUInt32BE(crcOf(buffer, position, sizeInBytes), position + AT.crc);
}

/** The checksum covers everything from the attributes on. */
function crcOf(buffer: Buffer, position: number, sizeInBytes: number): number {
  return crc32c(buffer.subarray(position + AT.attributes, position + sizeInBytes));
}
