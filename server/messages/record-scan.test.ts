import { describe, expect, it } from 'vitest';
import { encodeRecordBatch } from '../protocol/records/record-batch.ts';
import { RecordScan } from './record-scan.ts';
import type { ScannedRecord } from './scanned-record.ts';
import { oldMessage } from './testing/old-message.ts';

const batch = (baseOffset: number, ...offsets: number[]) =>
  encodeRecordBatch({ baseOffset, records: offsets.map((offset) => ({ offset, value: `v${offset}` })) });
const scanOf = (records: Buffer, from: number) => new RecordScan({ records }, from);
const nextOf = (scan: RecordScan) => scan.next() as ScannedRecord | null;
function offsetsOf(scan: RecordScan): number[] {
  const offsets: number[] = [];
  for (let record = nextOf(scan); record; record = nextOf(scan)) offsets.push(record.offset);
  return offsets;
}

describe('RecordScan', () => {
  it('leaves out what lies before the offset that was asked for', () => {
    const scan = scanOf(Buffer.concat([batch(0, 0, 1, 2), batch(3, 3)]), 2);
    expect(offsetsOf(scan)).toEqual([2, 3]);
    expect(scan.nextOffset).toBe(4);
  });

  it('passes over control batches and gaps, and counts them as passed', () => {
    const control = encodeRecordBatch({
      baseOffset: 7,
      records: [{ key: Buffer.from([0, 0, 0, 1]), value: Buffer.alloc(6) }],
      isControl: true,
      isTransactional: true,
    });
    const scan = scanOf(Buffer.concat([batch(0, 0, 5), control]), 0);
    expect(offsetsOf(scan)).toEqual([0, 5]);
    expect(scan.nextOffset).toBe(8);
  });

  it('ends before a batch that is cut off', () => {
    const scan = scanOf(Buffer.concat([batch(0, 0), batch(1, 1).subarray(0, 40)]), 0);
    expect(offsetsOf(scan)).toEqual([0]);
    expect(scan.nextOffset).toBe(1);
  });

  it('passes over a batch whose checksum is wrong and says so', () => {
    const broken = batch(1, 1, 2);
    broken[broken.length - 2]! ^= 1;
    const scan = scanOf(Buffer.concat([batch(0, 0), broken, batch(3, 3)]), 0);
    expect(offsetsOf(scan)).toEqual([0, 3]);
    expect(scan.unreadable).toEqual([{ baseOffset: 1, lastOffset: 2, reason: 'its checksum is wrong' }]);
  });

  it('reads the formats before record batches', () => {
    const first = oldMessage({ offset: 4, magic: 0, key: 'k', value: 'zero' });
    const second = oldMessage({ offset: 5, magic: 1, key: null, value: 'one', timestamp: 1234 });
    const scan = scanOf(Buffer.concat([first, second, batch(6, 6)]), 4);
    const [zero, one] = [nextOf(scan), nextOf(scan)];
    expect(zero).toMatchObject({ offset: 4, timestamp: -1, headers: [] });
    expect(zero?.batch.timestampType).toBe('NoTimestamp');
    expect(one).toMatchObject({ offset: 5, timestamp: 1234, key: null });
    expect(one?.value?.toString()).toBe('one');
    expect(offsetsOf(scan)).toEqual([6]);
  });

  it('passes over a broken message of an old format', () => {
    const broken = oldMessage({ offset: 0, magic: 1, key: 'k', value: 'v' });
    broken[broken.length - 1]! ^= 1;
    const scan = scanOf(Buffer.concat([broken, batch(1, 1)]), 0);
    expect(offsetsOf(scan)).toEqual([1]);
    expect(scan.unreadable).toMatchObject([{ baseOffset: 0, lastOffset: 0 }]);
  });

  it('throws where the bytes are no batches', () => {
    const garbage = Buffer.alloc(100, 0xff);
    expect(() => scanOf(garbage, 0).next()).toThrow(/batch length/);
  });
});
