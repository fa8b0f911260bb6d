import { compressSync } from 'snappy';
import { describe, expect, test } from 'vitest';
import { ProtocolError } from '../protocol-error.ts';
import {
  type CompressionType,
  compress,
  compressionCode,
  compressionTypeOf,
  decompress,
} from './compression.ts';

const TYPES: CompressionType[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const text = Buffer.from('the quick brown fox '.repeat(10_000));

test('types and their numbers lead to one another', () => {
  expect(TYPES.map(compressionCode)).toEqual([0, 1, 2, 3, 4]);
  expect(TYPES.map((type) => compressionTypeOf(compressionCode(type) | 0x38))).toEqual(TYPES);
  expect(() => compressionTypeOf(5)).toThrow(ProtocolError);
});

describe.each(TYPES)('%s', (type) => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from('x')],
    ['much', text],
  ])('unfolds %s', (_, plain) => {
    expect(decompress(type, compress(type, plain)).equals(plain)).toBe(true);
  });
});

test.each(TYPES.filter((type) => type !== 'none'))(
  '%s that is cut off or of another kind is refused',
  (type) => {
    const folded = compress(type, text);
    expect(() => decompress(type, folded.subarray(0, folded.length - 5))).toThrow(ProtocolError);
    expect(() => decompress(type, Buffer.from('no compressed data at all'))).toThrow(ProtocolError);
  },
);

describe('snappy', () => {
  test('is read as one raw block too', () => {
    expect(decompress('snappy', compressSync(text)).equals(text)).toBe(true);
  });

  test('is refused when a few bytes claim to be gigabytes', () => {
    expect(() => decompress('snappy', Buffer.from([0xff, 0xff, 0xff, 0x7f, 0, 0]), 2 ** 32)).toThrow(
      'snappy block cannot be as long as it says',
    );
  });
});

describe('lz4', () => {
  test('of blocks that depend on one another is refused, as Kafka does', () => {
    const folded = compress('lz4', text);
    folded[4]! &= ~0x20;
    expect(() => decompress('lz4', folded)).toThrow('not allowed in Kafka');
  });
});
