import { ProtocolError } from '../protocol-error.ts';
import { BATCH_HEADER_BYTES, type BatchHeader } from './batch-header.ts';
import { decompress } from './compression.ts';

export interface RecordHeader {
  key: string;
  value: Buffer | null;
}

/**
 * A place in plain record bytes that moves from record to record without making an object for any of them. Lengths of -1
 * are nulls; starts and lengths are of `bytes`.
 */
export class RecordCursor {
  bytes: Buffer;
  batch: BatchHeader;
  offset = -1;
  /** Milliseconds since the epoch; -1 for none. */
  timestamp = -1;
  keyStart = 0;
  keyLength = -1;
  valueStart = 0;
  valueLength = -1;
  headerCount = 0;
  /** Bytes of the record as it lies in the plain batch, its own length field included. */
  sizeInBytes = 0;
  /** Where in `bytes` the record begins, and where what follows its timestamp does. */
  start = 0;
  afterTimestamp = 0;
  #headersStart = 0;
  #position = 0;
  #read = 0;

  /** A cursor before the first record of `bytes`, the plain records of `batch`. */
  constructor(batch: BatchHeader, bytes: Buffer) {
    this.batch = batch;
    this.bytes = bytes;
  }

  /** Moves to the next record; false after the last. Throws ProtocolError when the records are not as the batch says. */
  next(): boolean {
    if (this.#read === this.batch.recordCount) {
      if (this.#position !== this.bytes.length) throw new ProtocolError('batch has more bytes than records');
      return false;
    }
    const start = this.#position;
    const length = this.#varint();
    const end = this.#position + length;
    if (length < 0 || end > this.bytes.length)
      throw new ProtocolError('record runs past the end of its batch');
    this.#position++;
    const timestampDelta = this.#varlong();
    this.afterTimestamp = this.#position;
    this.offset = this.batch.baseOffset + this.#varint();
    this.timestamp =
      this.batch.timestampType === 'LogAppendTime'
        ? this.batch.maxTimestamp
        : this.batch.baseTimestamp + timestampDelta;
    this.keyLength = this.#varint();
    this.keyStart = this.#position;
    if (this.keyLength > 0) this.#position += this.keyLength;
    this.valueLength = this.#varint();
    this.valueStart = this.#position;
    if (this.valueLength > 0) this.#position += this.valueLength;
    this.headerCount = this.#varint();
    if (this.keyLength < -1 || this.valueLength < -1 || this.headerCount < 0 || this.#position > end)
      throw new ProtocolError('record is malformed');
    this.#headersStart = this.#position;
    if (this.headerCount === 0 && this.#position !== end)
      throw new ProtocolError('record is longer than its fields');
    this.start = start;
    this.sizeInBytes = end - start;
    this.#position = end;
    this.#read++;
    return true;
  }

  /** The key, sharing memory with `bytes`. */
  key(): Buffer | null {
    return this.keyLength < 0 ? null : this.bytes.subarray(this.keyStart, this.keyStart + this.keyLength);
  }

  /** The value, sharing memory with `bytes`. */
  value(): Buffer | null {
    return this.valueLength < 0
      ? null
      : this.bytes.subarray(this.valueStart, this.valueStart + this.valueLength);
  }

  /** The headers of the record. Throws ProtocolError when they do not fill the rest of the record. */
  headers(): RecordHeader[] {
    const headers: RecordHeader[] = [];
    if (this.headerCount === 0) return headers;
    const end = this.#position;
    this.#position = this.#headersStart;
    try {
      for (let index = 0; index < this.headerCount; index++) {
        const key = this.#headerPart(end);
        if (key === null) throw new ProtocolError('header of a record has no key');
        headers.push({ key: key.toString('utf8'), value: this.#headerPart(end) });
      }
      if (this.#position !== end) throw new ProtocolError('record is longer than its fields');
    } finally {
      this.#position = end;
    }
    return headers;
  }

  #headerPart(end: number): Buffer | null {
    const length = this.#varint();
    const start = this.#position;
    if (length < -1 || start + length > end) throw new ProtocolError('header of a record runs past its end');
    if (length === -1) return null;
    this.#position = start + length;
    return this.bytes.subarray(start, this.#position);
  }

  /** A zigzag varint of 32 bits. */
  #varint(): number {
    const { bytes } = this;
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      if (this.#position >= bytes.length) throw new ProtocolError('record is cut off');
      const byte = bytes[this.#position++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 128) return (value >>> 1) ^ -(value & 1);
    }
    throw new ProtocolError('varint has more than 5 bytes');
  }

  /** A zigzag varint of 64 bits, rounded beyond 2^53. */
  #varlong(): number {
    const { bytes } = this;
    let value = 0;
    let factor = 1;
    for (let count = 0; count < 10; count++) {
      if (this.#position >= bytes.length) throw new ProtocolError('record is cut off');
      const byte = bytes[this.#position++]!;
      value += (byte & 0x7f) * factor;
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      factor *= 128;
    }
    throw new ProtocolError('varlong has more than 10 bytes');
  }
}

/** A cursor over the records of a batch in a buffer, decompressed if need be; `maxBytes` bounds what they unfold to. */
export function openBatch(buffer: Buffer, batch: BatchHeader, maxBytes?: number): RecordCursor {
  const end = batch.position + batch.sizeInBytes;
  if (end > buffer.length) throw new ProtocolError('batch is cut off');
  const stored = buffer.subarray(batch.position + BATCH_HEADER_BYTES, end);
  return new RecordCursor(batch, decompress(batch.compression, stored, maxBytes));
}
