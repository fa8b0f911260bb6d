import { crc32 } from 'node:zlib';

export interface OldMessageToEncode {
  offset: number;
  magic: 0 | 1;
  key: string | null;
  value: string | null;
  /** Only in format 1; -1 when left out. */
  timestamp?: number;
}

/** One plain message in a format before record batches. */
export function oldMessage({ offset, magic, key, value, timestamp = -1 }: OldMessageToEncode): Buffer {
  const time = Buffer.alloc(magic === 0 ? 0 : 8);
  if (magic === 1) time.writeBigInt64BE(BigInt(timestamp));
  const body = Buffer.concat([Buffer.from([magic, 0]), time, sized(key), sized(value)]);
  const head = Buffer.alloc(16);
  head.writeBigInt64BE(BigInt(offset), 0);
  head.writeInt32BE(4 + body.length, 8);
  head.writeUInt32BE(crc32(body), 12);
  return Buffer.concat([head, body]);
}

function sized(text: string | null): Buffer {
  const bytes = Buffer.from(text ?? '');
  const length = Buffer.alloc(4);
  length.writeInt32BE(text === null ? -1 : bytes.length);
  return Buffer.concat([length, bytes]);
}
