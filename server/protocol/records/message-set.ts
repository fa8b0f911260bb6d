/**
 * The message formats before record batches, magic 0 and 1, which logs written before Kafka 0.11 still hold:
 *
 *   offset 8 · size 4 · crc 4 · magic 1 · attributes 1 · [magic 1: timestamp 8] · key length 4 · key · value length 4 · value
 *
 * A compressed message holds a set of messages as its value. Its offset is that of the last of them; theirs are relative to
 * the first since magic 1 (KIP-31).
 */
import { crc32 } from 'node:zlib';
import { ProtocolError } from '../protocol-error.ts';
import {
  type BatchHeader,
  isWhole,
  LOG_APPEND_TIME_FLAG,
  LOG_OVERHEAD_BYTES,
  magicAt,
  readInt64,
  type TimestampType,
} from './batch-header.ts';
import { compressionTypeOf, decompress } from './compression.ts';

/** One message of an old format, with its own offset and timestamp whether or not it was compressed. */
export interface OldMessage {
  offset: number;
  timestamp: number;
  key: Buffer | null;
  value: Buffer | null;
  /** Bytes of the message as it lies in the plain set. */
  sizeInBytes: number;
  /** The outer message told as if it were a batch. */
  batch: BatchHeader;
}

interface PlainMessage {
  offset: number;
  sizeInBytes: number;
  crc: number;
  magic: number;
  attributes: number;
  timestamp: number;
  key: Buffer | null;
  value: Buffer | null;
}

/** The messages in the entry at a position: one, or all that a compressed one holds. Throws ProtocolError if malformed. */
export function readOldMessages(buffer: Buffer, position: number, maxBytes?: number): OldMessage[] {
  const outer = readMessage(buffer, position);
  const inner = compressionTypeOf(outer.attributes) === 'none' ? [outer] : innerMessages(outer, maxBytes);
  const batch = asBatch(outer, inner, position);
  const shift = inner.length > 0 && outer.magic > 0 ? outer.offset - inner[inner.length - 1]!.offset : 0;
  return inner.map(({ offset, timestamp, key, value, sizeInBytes }) => ({
    offset: offset + shift,
    timestamp: batch.timestampType === 'LogAppendTime' ? outer.timestamp : timestamp,
    key,
    value,
    sizeInBytes,
    batch,
  }));
}

/** Whether the bytes of the old message at a position are those its producer checksummed. */
export function verifyOldCrc(buffer: Buffer, position: number): boolean {
  const { crc, sizeInBytes } = readMessage(buffer, position);
  return crc32(buffer.subarray(position + LOG_OVERHEAD_BYTES + 4, position + sizeInBytes)) === crc;
}

function readMessage(buffer: Buffer, position: number): PlainMessage {
  if (!isWhole(buffer, position)) throw new ProtocolError('message is cut off');
  const sizeInBytes = LOG_OVERHEAD_BYTES + buffer.readInt32BE(position + 8);
  const end = position + sizeInBytes;
  const magic = magicAt(buffer, position);
  if (magic !== 0 && magic !== 1) throw new ProtocolError(`message has format ${magic}`);
  const keyAt = position + (magic === 0 ? 18 : 26);
  const key = readBytes(buffer, keyAt, end);
  const value = readBytes(buffer, keyAt + 4 + (key?.length ?? 0), end);
  return {
    offset: readInt64(buffer, position),
    sizeInBytes,
    crc: buffer.readUInt32BE(position + 12),
    magic,
    attributes: buffer.readInt8(position + 17),
    timestamp: magic === 0 ? -1 : readInt64(buffer, position + 18),
    key,
    value,
  };
}

function readBytes(buffer: Buffer, position: number, end: number): Buffer | null {
  if (position + 4 > end) throw new ProtocolError('message is cut off');
  const length = buffer.readInt32BE(position);
  if (length < -1 || position + 4 + length > end) throw new ProtocolError('message is malformed');
  return length < 0 ? null : buffer.subarray(position + 4, position + 4 + length);
}

function innerMessages(outer: PlainMessage, maxBytes: number | undefined): PlainMessage[] {
  if (outer.value === null) throw new ProtocolError('compressed message has no value');
  const type = compressionTypeOf(outer.attributes);
  const plain = decompress(type, outer.value, maxBytes);
  const messages: PlainMessage[] = [];
  for (let position = 0; position < plain.length; ) {
    const message = readMessage(plain, position);
    if (compressionTypeOf(message.attributes) !== 'none')
      throw new ProtocolError('message is compressed twice');
    messages.push(message);
    position += message.sizeInBytes;
  }
  return messages;
}

function asBatch(outer: PlainMessage, inner: PlainMessage[], position: number): BatchHeader {
  const first = inner[0]?.offset ?? outer.offset;
  const last = inner[inner.length - 1]?.offset ?? outer.offset;
  return {
    position,
    sizeInBytes: outer.sizeInBytes,
    baseOffset: outer.offset - (last - first),
    batchLength: outer.sizeInBytes - LOG_OVERHEAD_BYTES,
    partitionLeaderEpoch: -1,
    magic: outer.magic,
    crc: outer.crc,
    attributes: outer.attributes,
    compression: compressionTypeOf(outer.attributes),
    timestampType: timestampTypeOf(outer),
    isTransactional: false,
    isControl: false,
    lastOffsetDelta: last - first,
    baseTimestamp: inner[0]?.timestamp ?? outer.timestamp,
    maxTimestamp: outer.timestamp,
    producerId: -1n,
    producerEpoch: -1,
    baseSequence: -1,
    recordCount: inner.length,
  };
}

function timestampTypeOf(message: PlainMessage): TimestampType {
  if (message.magic === 0) return 'NoTimestamp';
  return message.attributes & LOG_APPEND_TIME_FLAG ? 'LogAppendTime' : 'CreateTime';
}
