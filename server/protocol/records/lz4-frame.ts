/** The LZ4 frame format, bounded before anything is unfolded, and the frame that old Kafka clients got wrong. */
import { compressFrameSync, decompressFrameSync } from 'lz4-napi';
import { ProtocolError } from '../protocol-error.ts';

const MAGIC = 0x184d2204;
const UNCOMPRESSED_BLOCK = 0x8000_0000;

interface FrameHeader {
  /** Where the byte with the header's checksum is. */
  checksumOffset: number;
  blockMaxBytes: number;
  blockChecksums: boolean;
}

export function compressLz4(bytes: Buffer): Buffer {
  return compressFrameSync(bytes);
}

/** The plain bytes of a frame. Throws ProtocolError when they would be more than `maxBytes`. */
export function decompressLz4(bytes: Buffer, maxBytes: number): Buffer {
  const header = readFrameHeader(bytes);
  if (
    plainBytesAtMost(bytes, header, (block) => Math.min(header.blockMaxBytes, block.length * 255)) > maxBytes
  )
    if (plainBytesAtMost(bytes, header, plainBlockBytes) > maxBytes)
      throw new ProtocolError(`lz4 data is larger than ${maxBytes} bytes`);
  return decompressFrameSync(bytes);
}

/**
 * Before message format 1 Kafka's clients computed the header's checksum over the magic number too (KAFKA-3160); this gives
 * such a frame the right one.
 */
export function withRightHeaderChecksum(bytes: Buffer): Buffer {
  const { checksumOffset } = readFrameHeader(bytes);
  const repaired = Buffer.from(bytes);
  repaired[checksumOffset] = (shortXxHash32(bytes.subarray(4, checksumOffset)) >>> 8) & 0xff;
  return repaired;
}

function readFrameHeader(bytes: Buffer): FrameHeader {
  if (bytes.length < 7 || bytes.readUInt32LE(0) !== MAGIC)
    throw new ProtocolError('lz4 data has no frame header');
  const flags = bytes[4]!;
  const sizeCode = (bytes[5]! >>> 4) & 0x07;
  if (sizeCode < 4) throw new ProtocolError('lz4 frame has no valid block size');
  const checksumOffset = 6 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  if (checksumOffset >= bytes.length) throw new ProtocolError('lz4 frame header is cut off');
  return { checksumOffset, blockMaxBytes: 2 ** (8 + 2 * sizeCode), blockChecksums: (flags & 0x10) !== 0 };
}

/** Adds up a measure over the compressed blocks and the length of the plain ones. */
function plainBytesAtMost(bytes: Buffer, header: FrameHeader, measure: (block: Buffer) => number): number {
  let total = 0;
  let offset = header.checksumOffset + 1;
  while (offset + 4 <= bytes.length) {
    const word = bytes.readUInt32LE(offset);
    if (word === 0) break;
    const length = word % UNCOMPRESSED_BLOCK;
    const block = bytes.subarray(offset + 4, offset + 4 + length);
    total += word >= UNCOMPRESSED_BLOCK ? block.length : measure(block);
    offset += 4 + length + (header.blockChecksums ? 4 : 0);
  }
  return total;
}

/** What a block unfolds to: reads only the lengths of its literals and copies. */
function plainBlockBytes(block: Buffer): number {
  let total = 0;
  let offset = 0;
  const longLength = (start: number): number => {
    if (start < 15) return start;
    let length = start;
    let byte = 255;
    while (byte === 255 && offset < block.length) {
      byte = block[offset++]!;
      length += byte;
    }
    return length;
  };
  while (offset < block.length) {
    const token = block[offset++]!;
    const literals = longLength(token >>> 4);
    total += literals;
    offset += literals;
    if (offset >= block.length) break;
    offset += 2;
    total += longLength(token & 0x0f) + 4;
  }
  return total;
}

const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;

/** xxHash32 with seed 0 of fewer than 16 bytes, which is all that a frame's header can have. */
function shortXxHash32(bytes: Buffer): number {
  let hash = PRIME_5 + bytes.length;
  let offset = 0;
  for (; offset + 4 <= bytes.length; offset += 4) {
    hash = (hash + Math.imul(bytes.readUInt32LE(offset), PRIME_3)) | 0;
    hash = Math.imul(rotateLeft(hash, 17), PRIME_4);
  }
  for (; offset < bytes.length; offset++) {
    hash = (hash + Math.imul(bytes[offset]!, PRIME_5)) | 0;
    hash = Math.imul(rotateLeft(hash, 11), PRIME_1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2);
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
