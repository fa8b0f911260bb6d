import { describe, expect, it } from 'vitest';
import { choosePartition } from './choose-partition.ts';

/** As a topic with this many partitions, all led. */
const topicOf = (count: number, leaderless: number[] = []) => ({
  name: 't',
  partitions: Array.from({ length: count }, (_, partition) => partition),
  leaderOf: (partition: number) => (leaderless.includes(partition) ? null : 1),
});

describe('choosePartition', () => {
  it('sends a key where the Java producer does', () => {
    // Hashes from Kafka's own tests (UtilsTest.testMurmur2).
    const hashes: [key: Buffer, murmur2: number][] = [
      [Buffer.from('21'), -973932308],
      [Buffer.from('foobar'), -790332482],
      [Buffer.from('a-little-bit-long-string'), -985981536],
      [Buffer.from('a-little-bit-longer-string'), -1486304829],
      [Buffer.from('lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8'), -58897971],
      [Buffer.from('abc'), 479470107],
    ];
    for (const [key, hash] of hashes) {
      expect(choosePartition(topicOf(4099), key)).toBe((hash & 0x7fffffff) % 4099);
    }
  });

  it('hashes bytes that are no text, and the empty key, like any other', () => {
    const key = Buffer.from([0xff, 0xfe, 0x00]);
    expect(choosePartition(topicOf(7), key)).toBe(choosePartition(topicOf(7), Buffer.from(key)));
    expect(choosePartition(topicOf(4099), Buffer.alloc(0))).toBe((275646681 & 0x7fffffff) % 4099);
  });

  it('deals messages without a key out to partitions that have a leader', () => {
    const chosen = Array.from({ length: 12 }, () => choosePartition(topicOf(4, [2]), null));
    expect(new Set(chosen)).toEqual(new Set([0, 1, 3]));
  });
});
