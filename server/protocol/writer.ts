import { ProtocolError } from './protocol-error.ts';

const INITIAL_SIZE = 16 * 1024;
/** A result larger than this is handed out with the buffer it was written in instead of being copied. */
const COPIED_SIZE = 64 * 1024;

/**
 * A buffer that grows. Compiled encoders keep its parts in local variables and fetch them again after every call that may
 * grow it; offsets are theirs.
 */
export class Writer {
  buffer = Buffer.allocUnsafeSlow(INITIAL_SIZE);
  view = viewOf(this.buffer);

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
    const length = bytes.length;
    if (offset + length + 5 > this.buffer.length) this.grow(offset, offset + length + 5);
    let start = offset + 4;
    if (compact) start = this.unsignedVarint(offset, length + 1);
    else this.view.setInt32(offset, length);
    this.buffer.set(bytes, start);
    return start + length;
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
