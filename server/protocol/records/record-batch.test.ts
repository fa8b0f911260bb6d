import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProtocolError } from '../protocol-error.ts';
import {
  iterateBatches,
  readBatchHeader,
  setBaseOffset,
  setLogAppendTime,
  setMaxTimestamp,
  setPartitionLeaderEpoch,
  verifyCrc,
} from './batch-header.ts';
import type { CompressionType } from './compression.ts';
import { decodeRecords, encodeRecordBatch } from './record-batch.ts';
import { openBatch } from './record-cursor.ts';

const COMPRESSIONS: CompressionType[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const bytes = fc.option(fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)));
const record = fc.record({
  key: bytes,
  value: bytes,
  timestamp: fc.integer({ min: -1, max: 4_102_444_800_000 }),
  headers: fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: bytes }), { maxLength: 3 }),
});

describe('a record batch', () => {
  test.each(COMPRESSIONS)('of any records comes back as it was, with %s', (compression) => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER - 100 }),
        (records, baseOffset) => {
          const encoded = encodeRecordBatch({
            baseOffset,
            records,
            compression,
            producerId: 7n,
            baseSequence: 3,
          });
          const header = readBatchHeader(encoded);
          expect(header).toMatchObject({
            baseOffset,
            sizeInBytes: encoded.length,
            compression,
            lastOffsetDelta: records.length - 1,
            recordCount: records.length,
            maxTimestamp: Math.max(...records.map(({ timestamp }) => timestamp)),
            producerId: 7n,
            baseSequence: 3,
          });
          expect(verifyCrc(encoded, header)).toBe(true);
          expect(decodeRecords(encoded)).toMatchObject(
            records.map((given, index) => ({ ...given, offset: baseOffset + index })),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each(COMPRESSIONS)('of %s larger than one block comes back as it was', (compression) => {
    const value = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) ^ (index >> 9)));
    const encoded = encodeRecordBatch({
      records: [{ value }, { value: Buffer.alloc(200_000) }],
      compression,
    });
    const [noisy, even] = decodeRecords(encoded);
    expect(noisy!.value!.equals(value)).toBe(true);
    expect(even!.value!.equals(Buffer.alloc(200_000))).toBe(true);
  });

  test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'of %s is not unfolded beyond the bound',
    (compression) => {
      const encoded = encodeRecordBatch({ records: [{ value: Buffer.alloc(10_000_000) }], compression });
      expect(encoded.length).toBeLessThan(600_000);
      expect(() => decodeRecords(encoded, 1_000_000)).toThrow(ProtocolError);
      expect(decodeRecords(encoded, 11_000_000)).toHaveLength(1);
    },
  );

  test('keeps gaps between offsets', () => {
    const encoded = encodeRecordBatch({
      baseOffset: 10,
      records: [{ value: 'a' }, { value: 'b', offset: 15 }],
    });
    expect(decodeRecords(encoded).map(({ offset }) => offset)).toEqual([10, 15]);
    expect(readBatchHeader(encoded).lastOffsetDelta).toBe(5);
  });

  test('without records or with offsets that do not ascend is refused', () => {
    expect(() => encodeRecordBatch({ records: [] })).toThrow(ProtocolError);
    expect(() => encodeRecordBatch({ records: [{ offset: 1 }, { offset: 1 }] })).toThrow(ProtocolError);
  });

  test('with a record count or a length that is not true is refused', () => {
    const encoded = encodeRecordBatch({ records: [{ value: 'a' }, { value: 'b' }] });
    for (const count of [0, 1, 3, -1]) {
      encoded.writeInt32BE(count, 57);
      expect(() => decodeRecords(encoded)).toThrow(ProtocolError);
    }
    encoded.writeInt32BE(3, 8);
    expect(() => decodeRecords(encoded)).toThrow(ProtocolError);
  });
});

describe('several batches in a row', () => {
  const batches = [0, 2].map((baseOffset) =>
    encodeRecordBatch({ baseOffset, records: [{ value: 'a' }, { value: 'b' }] }),
  );
  const row = Buffer.concat(batches);

  test('are read in order', () => {
    expect([...iterateBatches(row)].map(({ position, baseOffset }) => [position, baseOffset])).toEqual([
      [0, 0],
      [batches[0]!.length, 2],
    ]);
    expect(decodeRecords(row).map(({ offset }) => offset)).toEqual([0, 1, 2, 3]);
  });

  test('end before one that is cut off, wherever that is', () => {
    for (let length = batches[0]!.length; length < row.length; length++)
      expect(decodeRecords(row.subarray(0, length))).toHaveLength(2);
    for (let length = 0; length < batches[0]!.length; length++)
      expect([...iterateBatches(row.subarray(0, length))]).toEqual([]);
  });
});

describe('changes in place', () => {
  const fresh = () =>
    encodeRecordBatch({
      records: [
        { value: 'a', timestamp: 5 },
        { value: 'b', timestamp: 9 },
      ],
    });

  test('of the base offset and the leader epoch leave the checksum as it is', () => {
    const batch = fresh();
    const { crc } = readBatchHeader(batch);
    setBaseOffset(batch, 0, 2 ** 40);
    setPartitionLeaderEpoch(batch, 0, 12);
    const header = readBatchHeader(batch);
    expect(header).toMatchObject({ baseOffset: 2 ** 40, partitionLeaderEpoch: 12, crc });
    expect(verifyCrc(batch, header)).toBe(true);
    expect(decodeRecords(batch).map(({ offset }) => offset)).toEqual([2 ** 40, 2 ** 40 + 1]);
  });

  test('of the timestamps renew the checksum', () => {
    const batch = fresh();
    setMaxTimestamp(batch, 0, 1_700_000_000_000);
    expect(readBatchHeader(batch)).toMatchObject({
      maxTimestamp: 1_700_000_000_000,
      timestampType: 'CreateTime',
    });
    expect(verifyCrc(batch, readBatchHeader(batch))).toBe(true);
    setLogAppendTime(batch, 0, 1_800_000_000_000);
    expect(readBatchHeader(batch)).toMatchObject({ timestampType: 'LogAppendTime' });
    expect(verifyCrc(batch, readBatchHeader(batch))).toBe(true);
    expect(decodeRecords(batch).map(({ timestamp }) => timestamp)).toEqual([
      1_800_000_000_000, 1_800_000_000_000,
    ]);
  });
});

describe('a cursor', () => {
  test('gives places in the bytes instead of objects', () => {
    const encoded = encodeRecordBatch({
      baseOffset: 4,
      records: [
        { key: 'key', value: null, headers: [{ key: 'h', value: 'v' }], timestamp: 8 },
        { value: 'second' },
      ],
    });
    const cursor = openBatch(encoded, readBatchHeader(encoded));
    expect(cursor.next()).toBe(true);
    expect(cursor).toMatchObject({ offset: 4, timestamp: 8, keyLength: 3, valueLength: -1, headerCount: 1 });
    expect(cursor.bytes.toString('utf8', cursor.keyStart, cursor.keyStart + 3)).toBe('key');
    expect(cursor.headers()).toEqual([{ key: 'h', value: Buffer.from('v') }]);
    expect(cursor.next()).toBe(true);
    expect(cursor).toMatchObject({ offset: 5, keyLength: -1, valueLength: 6, headerCount: 0 });
    expect(cursor.value()!.toString()).toBe('second');
    expect(cursor.next()).toBe(false);
  });
});
