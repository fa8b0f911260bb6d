import { constants, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ProtocolError } from '../protocol-error.ts';
import { compressLz4, decompressLz4 } from './lz4-frame.ts';
import { compressSnappy, decompressSnappy } from './snappy-frame.ts';

/** Kafka's compression types; the index is the number in a batch's attributes. */
const COMPRESSION_TYPES = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

export type CompressionType = (typeof COMPRESSION_TYPES)[number];

/** What a batch may unfold to unless told otherwise: far above any broker's message.max.bytes. */
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;

/** The type in the low three bits of a batch's or message's attributes. Throws ProtocolError for the three unused numbers. */
export function compressionTypeOf(attributes: number): CompressionType {
  const type = COMPRESSION_TYPES[attributes & 0x07];
  if (type === undefined) throw new ProtocolError(`compression type ${attributes & 0x07} is not known`);
  return type;
}

/** The number of a type in a batch's attributes. */
export function compressionCode(type: CompressionType): number {
  return COMPRESSION_TYPES.indexOf(type);
}

/**
 * Compresses as Kafka's Java producer does: snappy in its stream format, lz4 as a frame of independent blocks. A level
 * (KIP-390) holds for gzip and zstd; the lz4 library has but one.
 */
export function compress(type: CompressionType, bytes: Buffer, level?: number): Buffer {
  switch (type) {
    case 'none':
      return bytes;
    case 'gzip':
      return gzipSync(bytes, level === undefined ? {} : { level });
    case 'snappy':
      return compressSnappy(bytes);
    case 'lz4':
      return compressLz4(bytes);
    case 'zstd':
      return zstdCompressSync(
        bytes,
        level === undefined ? {} : { params: { [constants.ZSTD_c_compressionLevel]: level } },
      );
  }
}

/** The plain bytes. Throws ProtocolError when they are malformed or would be more than `maxBytes`. */
export function decompress(type: CompressionType, bytes: Buffer, maxBytes = DEFAULT_MAX_BYTES): Buffer {
  try {
    switch (type) {
      case 'none':
        return bytes;
      case 'gzip':
        return gunzipSync(bytes, { maxOutputLength: maxBytes });
      case 'snappy':
        return decompressSnappy(bytes, maxBytes);
      case 'lz4':
        return decompressLz4(bytes, maxBytes);
      case 'zstd':
        return zstdDecompressSync(bytes, { maxOutputLength: maxBytes });
    }
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError(`${type} data cannot be decompressed: ${(error as Error).message}`);
  }
}
