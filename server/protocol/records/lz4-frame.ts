/**
 * The LZ4 frame format as Kafka uses it: a header, then blocks that can each be unfolded alone, then an empty one. Written
 * and read block by block here because that bounds the output, and is several times as fast as the library's frames.
 * Checksums inside a frame are not looked at: the batch has one around all of it, and old clients got the header's wrong
 * (KAFKA-3160).
 */
import { compressSync, uncompressSync } from 'lz4-napi';
import { ProtocolError } from '../protocol-error.ts';

const MAGIC = 0x184d2204;
/** Magic; version 1 with independent blocks; blocks of 64 KiB at most; the checksum of these two bytes. */
const HEADER = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]);
const BLOCK_BYTES = 64 * 1024;
const END_MARK = Buffer.alloc(4);
/** Set in a block's length when its bytes are plain because they could not be made smaller. */
const PLAIN_FLAG = 0x8000_0000;
/** No block can unfold further than this. */
const MAX_RATIO = 255;

export function compressLz4(bytes: Buffer): Buffer {
  const parts: Buffer[] = [HEADER];
  for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
    const plain = bytes.subarray(start, start + BLOCK_BYTES);
    const block = compressSync(plain);
    const length = block.length - 4;
    if (length < plain.length) {
      // The library puts the plain length before a block where the frame has the compressed one.
      block.writeUInt32LE(length);
      parts.push(block);
    } else {
      const plainLength = Buffer.allocUnsafe(4);
      plainLength.writeUInt32LE(PLAIN_FLAG + plain.length);
      parts.push(plainLength, plain);
    }
  }
  parts.push(END_MARK);
  return Buffer.concat(parts);
}

/** The plain bytes of a frame. Throws ProtocolError when it is malformed or they would be more than `maxBytes`. */
export function decompressLz4(bytes: Buffer, maxBytes: number): Buffer {
  // A copy, because the length before each block is replaced by that of its plain bytes, as the library wants it.
  const frame = Buffer.from(bytes);
  const { headerBytes, blockMaxBytes, blockChecksums } = readHeader(frame);
  const parts: Buffer[] = [];
  let left = maxBytes;
  let offset = headerBytes;
  for (;;) {
    if (offset + 4 > frame.length) throw new ProtocolError('lz4 frame is cut off');
    const word = frame.readUInt32LE(offset);
    if (word === 0) break;
    const length = word % PLAIN_FLAG;
    const end = offset + 4 + length;
    if (end > frame.length) throw new ProtocolError('lz4 block runs past the end');
    const isPlain = word >= PLAIN_FLAG;
    const plainMaxBytes = isPlain ? length : Math.min(blockMaxBytes, length * MAX_RATIO, left);
    if (!isPlain) frame.writeUInt32LE(plainMaxBytes, offset);
    const plain = isPlain ? frame.subarray(offset + 4, end) : uncompressSync(frame.subarray(offset, end));
    left -= plain.length;
    if (left < 0) throw new ProtocolError(`lz4 data is larger than ${maxBytes} bytes`);
    parts.push(plain);
    offset = end + (blockChecksums ? 4 : 0);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

function readHeader(frame: Buffer): { headerBytes: number; blockMaxBytes: number; blockChecksums: boolean } {
  if (frame.length < HEADER.length || frame.readUInt32LE(0) !== MAGIC)
    throw new ProtocolError('lz4 data has no frame header');
  const flags = frame[4]!;
  const sizeCode = (frame[5]! >>> 4) & 0x07;
  if (flags >>> 6 !== 1 || sizeCode < 4) throw new ProtocolError('lz4 frame header is malformed');
  if ((flags & 0x20) === 0)
    throw new ProtocolError('lz4 blocks that depend on one another are not allowed in Kafka');
  return {
    headerBytes: HEADER.length + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0),
    blockMaxBytes: 2 ** (8 + 2 * sizeCode),
    blockChecksums: (flags & 0x10) !== 0,
  };
}
