/**
 * Snappy as Kafka carries it: Java's snappy stream format (a header, then blocks with a 4-byte length), or one raw block as
 * some other clients write.
 */
import { compressSync, uncompressSync } from 'snappy';
import { ProtocolError } from '../protocol-error.ts';

/** 0x82 'SNAPPY' 0, then the version and the least compatible version, both 1. */
const STREAM_HEADER = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
const MAGIC_BYTES = 8;
/** The block size of Java's stream, which its reader allocates. */
const BLOCK_BYTES = 32 * 1024;
/** A copy of 64 bytes takes at least 2 bytes, so no block can unfold further than this. */
const MAX_RATIO = 32;

export function compressSnappy(bytes: Buffer): Buffer {
  const parts: Buffer[] = [STREAM_HEADER];
  for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
    const block = compressSync(bytes.subarray(start, start + BLOCK_BYTES), { copyOutputData: true });
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

export function decompressSnappy(bytes: Buffer, maxBytes: number): Buffer {
  if (!bytes.subarray(0, MAGIC_BYTES).equals(STREAM_HEADER.subarray(0, MAGIC_BYTES)))
    return decompressBlock(bytes, maxBytes);
  const parts: Buffer[] = [];
  let left = maxBytes;
  let offset = STREAM_HEADER.length;
  while (offset < bytes.length) {
    if (offset + 4 > bytes.length) throw new ProtocolError('snappy stream is cut off');
    const length = bytes.readInt32BE(offset);
    const end = offset + 4 + length;
    if (length < 0 || end > bytes.length) throw new ProtocolError('snappy block runs past the end');
    const block = decompressBlock(bytes.subarray(offset + 4, end), left);
    left -= block.length;
    parts.push(block);
    offset = end;
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

/** Asks for a copy because handing native memory over to V8 takes several times as long as copying it. */
function decompressBlock(block: Buffer, maxBytes: number): Buffer {
  const length = plainLength(block);
  if (length > maxBytes) throw new ProtocolError(`snappy data is larger than ${maxBytes} bytes`);
  if (length > block.length * MAX_RATIO) throw new ProtocolError('snappy block cannot be as long as it says');
  return uncompressSync(block, { asBuffer: true, copyOutputData: true }) as Buffer;
}

/** A raw block starts with its plain length as an unsigned varint. */
function plainLength(block: Buffer): number {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = block[index];
    if (byte === undefined) break;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 128) return length;
  }
  throw new ProtocolError('snappy block has no length');
}
