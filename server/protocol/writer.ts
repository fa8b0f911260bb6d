import { ProtocolError } from './protocol-error.ts';

const INITIAL_SIZE = 16 * 1024;
/** A result larger than this is handed out with the buffer it was written in instead of being copied. */
const COPIED_SIZE = 64 * 1024;
/** Shorter records are cheaper copied than sent as a piece of their own. */
const LEAST_PIECE = 8 * 1024;

/** Records that were not copied, and where they belong. */
interface Inset {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/**
 * A buffer that grows. Compiled encoders keep its parts in local variables and fetch them again after every call that may
 * grow it; offsets are theirs.
 */
export class Writer {
  buffer = Buffer.allocUnsafeSlow(INITIAL_SIZE);
  view = viewOf(this.buffer);
  /** Null: everything is copied. */
  #insets: Inset[] | null = null;

  /** Makes room for bytes up to `end`, keeping what was written before `offset`. */
  grow(offset: number, end: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(end, this.buffer.length * 2));
    this.buffer.copy(larger, 0, 0, offset);
    this.buffer = larger;
    this.view = viewOf(larger);
  }

  /** The bytes written, as a buffer of its own. */
  finish(end: number): Buffer {
    if (end <= COPIED_SIZE) return Buffer.from(this.buffer.subarray(0, end));
    const written = this.buffer.subarray(0, end);
    this.buffer = Buffer.allocUnsafeSlow(INITIAL_SIZE);
    this.view = viewOf(this.buffer);
    return written;
  }

  /** From now until `finishPieces` long records are left where they lie. */
  beginPieces(): void {
    this.#insets = [];
  }

  /** The bytes written and the records that were left where they lie, in order. */
  finishPieces(end: number): Uint8Array[] {
    const insets = this.#insets ?? [];
    this.#insets = null;
    const written = this.finish(end);
    if (insets.length === 0) return [written];
    const pieces: Uint8Array[] = [];
    let from = 0;
    for (const { at, bytes } of insets) {
      pieces.push(written.subarray(from, at), bytes);
      from = at;
    }
    if (from < end) pieces.push(written.subarray(from));
    return pieces;
  }

  /** Gives up what was written since `beginPieces`. */
  abandonPieces(): void {
    this.#insets = null;
  }

  /** Writes an unsigned varint (KIP-482); returns the offset after it. */
  unsignedVarint(offset: number, value: number): number {
    if (offset + 5 > this.buffer.length) this.grow(offset, offset + 5);
    let rest = value;
    while (rest > 0x7f) {
      this.buffer[offset++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[offset++] = rest;
    return offset;
  }

  /** Writes a string with its length; returns the offset after it. */
  string(offset: number, text: unknown, compact: boolean, path: string): number {
    if (typeof text !== 'string') throw new ProtocolError(`${path} is no string`);
    const length = Buffer.byteLength(text);
    if (length > 0x7fff) throw new ProtocolError(`${path} is longer than 32767 bytes`);
    if (offset + length + 5 > this.buffer.length) this.grow(offset, offset + length + 5);
    let start = offset + 2;
    if (compact) start = this.unsignedVarint(offset, length + 1);
    else this.view.setInt16(offset, length);
    if (length === text.length && length < 24) {
      for (let index = 0; index < length; index++) this.buffer[start + index] = text.charCodeAt(index);
    } else this.buffer.write(text, start, length, 'utf8');
    return start + length;
  }

  /** Writes bytes with their length; returns the offset after them. */
  bytes(offset: number, bytes: unknown, compact: boolean, path: string): number {
    if (!(bytes instanceof Uint8Array)) throw new ProtocolError(`${path} is neither bytes nor null`);
    const { length } = bytes;
    if (offset + length + 5 > this.buffer.length) this.grow(offset, offset + length + 5);
    const start = this.#lengthOfBytes(offset, length, compact);
    this.buffer.set(bytes, start);
    return start + length;
  }

  /** As `bytes`; long records may be left where they lie. They are never part of a tagged field. */
  records(offset: number, records: unknown, compact: boolean, path: string): number {
    if (this.#insets === null || !(records instanceof Uint8Array) || records.length < LEAST_PIECE)
      return this.bytes(offset, records, compact, path);
    if (offset + 5 > this.buffer.length) this.grow(offset, offset + 5);
    const at = this.#lengthOfBytes(offset, records.length, compact);
    this.#insets.push({ at, bytes: records });
    return at;
  }

  #lengthOfBytes(offset: number, length: number, compact: boolean): number {
    if (compact) return this.unsignedVarint(offset, length + 1);
    this.view.setInt32(offset, length);
    return offset + 4;
  }

  /** Writes an int64 given as bigint or as safe integer. */
  int64(offset: number, value: unknown, path: string): void {
    if (typeof value === 'bigint' && BigInt.asIntN(64, value) === value) this.view.setBigInt64(offset, value);
    else if (typeof value === 'number' && Number.isSafeInteger(value)) {
      this.view.setInt32(offset, Math.floor(value / 0x1_0000_0000));
      this.view.setUint32(offset + 4, value >>> 0);
    } else throw new ProtocolError(`${path} is no 64-bit integer`);
  }

  /** Writes a UUID given as Kafka prints it. */
  uuid(offset: number, value: unknown, path: string): void {
    const valid = typeof value === 'string' && value.length === 22;
    if (!valid || this.buffer.write(value, offset, 16, 'base64url') !== 16)
      throw new ProtocolError(`${path} is no UUID of 22 base64 characters`);
  }

  /** Puts the size of what was written from `start` on, of which one byte was kept free, before it; returns the new end. */
  sizeBefore(start: number, end: number): number {
    const size = end - start;
    if (size <= 0x7f) {
      this.buffer[start - 1] = size;
      return end;
    }
    const extra = Math.ceil((32 - Math.clz32(size)) / 7) - 1;
    if (end + extra > this.buffer.length) this.grow(end, end + extra);
    this.buffer.copyWithin(start + extra, start, end);
    this.unsignedVarint(start - 1, size);
    return end + extra;
  }
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
