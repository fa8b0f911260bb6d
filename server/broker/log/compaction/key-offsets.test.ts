import { expect, test } from 'vitest';
import { KeyOffsets, murmur128 } from './key-offsets.ts';

test('knows the last offset of each key, until there is no room for another', () => {
  const keys = new KeyOffsets(1_000_000, 24 * 1000, 0.9);
  expect(keys.capacity).toBe(900);
  for (let key = 0; key < 900; key++) expect(keys.put(Buffer.from(`key ${key}`), key)).toBe(true);
  expect(keys.put(Buffer.from('one too many'), 7)).toBe(false);
  expect(keys.put(Buffer.from('key 3'), 5000)).toBe(true);
  for (let key = 0; key < 900; key++) {
    expect(keys.get(Buffer.from(`key ${key}`))).toBe(key === 3 ? 5000 : key);
  }
  expect(keys.get(Buffer.from('another'))).toBe(-1);
  expect(keys.size).toBe(900);
});

test('takes no more memory than the keys that can come', () => {
  expect(new KeyOffsets(9, 1 << 30, 0.9).capacity).toBeLessThan(20);
});

test('keys of every length have hashes of their own', () => {
  const seen = new Set<string>();
  const hash = new Int32Array(4);
  let count = 0;
  for (let length = 0; length <= 40; length++) {
    for (let value = 0; value < 256; value++) {
      const key = Buffer.alloc(length, 'x');
      if (length > 0) key[value % length] = value;
      else if (value > 0) continue;
      if (length > 0 && value === 120) continue;
      murmur128(key, 1, hash);
      seen.add(hash.join());
      count++;
    }
  }
  expect(seen.size).toBe(count);
});
