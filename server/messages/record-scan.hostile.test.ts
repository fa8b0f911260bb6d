import { describe, expect, it } from 'vitest';
import { compress, compressionCode } from '../protocol/records/compression.ts';
import { encodeRecordBatch } from '../protocol/records/record-batch.ts';
import { endOfBatches } from './end-of-batches.ts';
import { exactSearch } from './filter/byte-search.ts';
import { OPEN_GATE } from './record-gate.ts';
import { RecordScan } from './record-scan.ts';
import type { ScannedRecord } from './scanned-record.ts';
import { oldMessage } from './testing/old-message.ts';
import { corrupted, tampered, withRecords } from './testing/tampered.ts';

const batch = (baseOffset: number, count: number) =>
  encodeRecordBatch({
    baseOffset,
    records: Array.from({ length: count }, (_, i) => ({ value: `v${baseOffset + i}` })),
  });

/** A good batch before and after the one that is not. */
function scanAround(bad: Buffer, after = 13) {
  const records = Buffer.concat([batch(0, 10), bad, batch(after, 2)]);
  const scan = new RecordScan({ records, highWatermark: after + 2 }, 0);
  const offsets: number[] = [];
  for (let record = scan.next(); record; record = scan.next()) offsets.push((record as ScannedRecord).offset);
  expect(endOfBatches(records, 0, after + 2)).toBe(scan.nextOffset);
  return { offsets, unreadable: scan.unreadable, scanned: scan.scanned, nextOffset: scan.nextOffset };
}

const GOOD = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const three = batch(10, 3);

describe('a batch that cannot be read is passed over and told', () => {
  const unreadable: [name: string, bad: Buffer, reason: RegExp][] = [
    ['a wrong checksum', corrupted(three), /checksum/],
    ...[5, 6, 7].map((codec): [string, Buffer, RegExp] => [
      `codec ${codec}`,
      tampered(three, { attributes: codec }),
      /compression type . is not known/,
    ]),
    ['an unknown format', tampered(three, { magic: 3 }), /message format 3/],
    [
      'bytes that are not of its codec',
      tampered(three, { attributes: 4 }),
      /zstd data cannot be decompressed/,
    ],
    ['no records although it says three', withRecords(three, Buffer.alloc(0)), /cut off/],
    [
      'a record that is longer than the batch',
      withRecords(three, Buffer.from([0x7e, 0, 0, 0])),
      /past the end/,
    ],
    ['a record of a negative length', withRecords(three, Buffer.from([0x03, 0, 0, 0])), /past the end/],
    ['a length of six bytes', withRecords(three, Buffer.alloc(9, 0xff)), /more than 5 bytes/],
    [
      'a time of eleven bytes',
      withRecords(three, Buffer.from([26, 0, ...Buffer.alloc(12, 0xff)])),
      /more than 10 bytes/,
    ],
    [
      'a key that is longer than the record',
      withRecords(three, Buffer.from([12, 0, 0, 0, 0x7e, 1, 0])),
      /cut off/,
    ],
    [
      'two billion headers',
      withRecords(three, Buffer.from([20, 0, 0, 0, 1, 1, 0xfe, 0xff, 0xff, 0xff, 0x0f])),
      /cut off/,
    ],
  ];
  it.each(unreadable)('%s', (_, bad, reason) => {
    const { offsets, unreadable: told, scanned } = scanAround(bad);
    expect(offsets).toEqual([...GOOD, 13, 14]);
    expect(told).toEqual([{ baseOffset: 10, lastOffset: 12, reason: expect.stringMatching(reason) }]);
    // A record whose headers are wrong was looked at.
    expect([12, 13]).toContain(scanned);
  });

  it.each([
    ['more records than it has', 4, [10, 11, 12]],
    ['fewer records than it has', 2, [10, 11]],
    ['two billion records', 2 ** 31 - 1, [10, 11, 12]],
    ['a negative number of records', -1, [10, 11, 12]],
  ])('one that says %s, after those that it has', (_, recordCount, found) => {
    const { offsets, unreadable, scanned } = scanAround(tampered(three, { recordCount }));
    expect(offsets).toEqual([...GOOD, ...found, 13, 14]);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]).toMatchObject({ lastOffset: 12 });
    expect(scanned).toBe(12 + found.length);
  });

  it.each([2 ** 31 - 1, -5])(
    'one whose last offset lies %i after its first, by what follows',
    (lastOffsetDelta) => {
      const crc = three.readUInt32BE(17);
      const { offsets, unreadable } = scanAround(tampered(three, { lastOffsetDelta, crc }));
      expect(offsets).toEqual([...GOOD, 13, 14]);
      expect(unreadable).toMatchObject([{ baseOffset: 10, lastOffset: 12 }]);
    },
  );

  it.each([2 ** 31 - 1, -5])(
    'but not where its last offset lies %i after its first and nothing follows',
    (lastOffsetDelta) => {
      const bad = tampered(three, { lastOffsetDelta, crc: three.readUInt32BE(17) });
      const scan = new RecordScan({ records: bad, highWatermark: 100 }, 10);
      expect(() => scan.next()).toThrow(/goes from offset 10 to/);
      expect(endOfBatches(bad, 10, 100)).toBe(10);
    },
  );

  it('and one that reaches beyond the end that the broker told is taken, if its checksum is right', () => {
    const scan = new RecordScan({ records: three, highWatermark: 11 }, 10);
    expect([scan.next(), scan.next(), scan.next()]).toMatchObject([
      { offset: 10 },
      { offset: 11 },
      { offset: 12 },
    ]);
    expect(endOfBatches(three, 10, 11)).toBe(13);
  });
});

describe('a decompression bomb', () => {
  const plain = Buffer.alloc(65 * 1024 * 1024);

  it.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('of %s is not unfolded', (codec) => {
    const bomb = withRecords(tampered(three, { attributes: compressionCode(codec) }), compress(codec, plain));
    const before = process.memoryUsage().arrayBuffers;
    const { offsets, unreadable } = scanAround(bomb);
    expect(offsets).toEqual([...GOOD, 13, 14]);
    expect(unreadable).toEqual([{ baseOffset: 10, lastOffset: 12, reason: expect.stringContaining(codec) }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * 1024 * 1024);
  });
});

describe('old messages', () => {
  it.each([
    ['with a wrong checksum', (bytes: Buffer) => bytes.writeUInt32BE(7, 12)],
    ['of a negative format', (bytes: Buffer) => bytes.writeInt8(-3, 16)],
    ['whose key is longer than they are', (bytes: Buffer) => bytes.writeInt32BE(99, 26)],
    ['that are compressed but hold nothing', (bytes: Buffer) => bytes.writeInt8(1, 17)],
  ])('%s are passed over', (_, spoil) => {
    const bad = oldMessage({ offset: 10, magic: 1, key: 'k', value: 'v' });
    spoil(bad);
    const { offsets, unreadable } = scanAround(bad, 11);
    expect(offsets).toEqual([...GOOD, 11, 12]);
    expect(unreadable).toMatchObject([{ baseOffset: 10, lastOffset: 10 }]);
  });
});

describe('what is not asked for', () => {
  it('is neither unfolded nor counted beyond the end', () => {
    const records = Buffer.concat([batch(0, 10), corrupted(three)]);
    const scan = new RecordScan({ records }, 2, { until: 5 });
    expect([scan.next(), scan.next(), scan.next(), scan.next()]).toMatchObject([
      { offset: 2 },
      { offset: 3 },
      { offset: 4 },
      null as never,
    ]);
    expect(scan).toMatchObject({ scanned: 3, nextOffset: 5, unreadable: [] });
  });

  it('need not be readable before the time', () => {
    const dated = encodeRecordBatch({ baseOffset: 0, records: [{ value: 'v', timestamp: 5 }] });
    const scan = new RecordScan({ records: corrupted(dated) }, 0, {
      gate: { ...OPEN_GATE, fromTimestamp: 6 },
    });
    expect(scan.next()).toBeNull();
    expect(scan).toMatchObject({ scanned: 1, nextOffset: 1, unreadable: [] });
  });
});

it('finds a hit in the first record, the last, one in between, and several', () => {
  const values = ['needle', 'hay', 'a needle', 'need', 'needle needle', 'hay', 'needle'];
  const records = encodeRecordBatch({
    baseOffset: 0,
    records: values.map((value) => ({ value })),
    compression: 'lz4',
  });
  const asked: number[] = [];
  const gate = {
    ...OPEN_GATE,
    search: exactSearch('needle', ['value']),
    matches: ({ offset }: ScannedRecord) => asked.push(offset) > 0,
  };
  const scan = new RecordScan({ records }, 0, { gate });
  const found = [0, 1, 2, 3, 4].map(() => (scan.next() as ScannedRecord | null)?.offset);
  expect(found).toEqual([0, 2, 4, 6, undefined]);
  expect(scan.scanned).toBe(7);
  // Only records that a hit begins in, or right before, are looked at.
  expect(asked).toEqual([0, 2, 4, 6]);
});
