import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBatchHeader } from '../../protocol/records/batch-header.ts';
import { batchOf, recordsIn, type TestBatch } from '../testing/batches.ts';
import { DiskFiles } from './disk-files.ts';
import type { FileStore } from './file-store.ts';
import { type LogConfig, resolveLogConfig } from './log-config.ts';
import { MemoryFiles } from './memory-files.ts';
import { PartitionLog } from './partition-log.ts';
import { RecentBatches } from './recent-batches.ts';

const DIRECTORY = 'orders-0';
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'partition-log-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function config(configs: Record<string, string> = {}): LogConfig {
  return resolveLogConfig(new Map(Object.entries(configs)), () => undefined);
}

function open(
  store: FileStore,
  { logStartOffset = 0, recoveryPoint = Number.POSITIVE_INFINITY, recentBytes = 1 << 20 } = {},
): PartitionLog {
  return PartitionLog.open({
    store,
    directory: DIRECTORY,
    config: config(),
    recent: new RecentBatches(recentBytes),
    logStartOffset,
    recoveryPoint,
    cleanedTo: 0,
  });
}

/** Appends one record a batch, valued by its offset, stamped offset × 1000. */
function fill(log: PartitionLog, count: number, logConfig: LogConfig, leaderEpoch = 0): void {
  for (let index = 0; index < count; index++) {
    const offset = log.logEndOffset;
    const values = [`v${offset}`.padEnd(100, '.')];
    log.append(
      batchOf({ values, baseOffset: offset, timestamp: offset * 1000, leaderEpoch }),
      logConfig,
      offset * 1000,
    );
  }
}

function judged(log: PartitionLog, batch: TestBatch) {
  const bytes = batchOf(batch);
  return log.judge(bytes, readBatchHeader(bytes), {
    partitionName: DIRECTORY,
    origin: 'client',
    guard: null,
    verifies: true,
    transactionVersion: 0,
  });
}

function offsets(log: PartitionLog, from: number, maxBytes = 1 << 20, limit = Number.POSITIVE_INFINITY) {
  return recordsIn(log.read(from, maxBytes, limit)).map((record) => Number(record.split(':')[0]));
}

describe.each([
  ['on disk', () => new DiskFiles(join(root, 'd')) as FileStore],
  ['in memory', () => new MemoryFiles() as FileStore],
])('a log %s', (_, makeStore) => {
  test('rolls by size and finds every offset in its segments', () => {
    const store = makeStore();
    const log = open(store, { recentBytes: 0 });
    const small = config({ 'segment.bytes': '2000', 'index.interval.bytes': '300' });
    fill(log, 100, small);
    expect(log.segmentCount).toBeGreaterThan(8);
    for (let offset = 0; offset < 100; offset++) expect(offsets(log, offset, 1)).toEqual([offset]);
    expect(offsets(log, 100)).toEqual([]);
    expect(store.files(DIRECTORY)).toContain('00000000000000000000.index');
  });

  test('reads the same from memory as from its files', () => {
    const store = makeStore();
    const log = open(store);
    fill(log, 50, config());
    const recent = offsets(log, 7, 1000);
    log.release();
    const reopened = open(store, { recentBytes: 0 });
    expect(offsets(reopened, 7, 1000)).toEqual(recent);
    expect(recent.length).toBeGreaterThan(2);
  });

  test('keeps below the limit, whole batches only', () => {
    const log = open(makeStore(), { recentBytes: 0 });
    log.append(batchOf({ values: ['a', 'b', 'c'], baseOffset: 0 }), config(), 0);
    log.append(batchOf({ values: ['d', 'e'], baseOffset: 3 }), config(), 0);
    expect(offsets(log, 0, 1 << 20, 4)).toEqual([0, 1, 2]);
    expect(offsets(log, 4, 1 << 20, 5)).toEqual([3, 4]);
  });

  test('comes back with its end, its start and its producers', () => {
    const store = makeStore();
    const log = open(store);
    const batch = { values: ['a', 'b'], producerId: 7n, producerEpoch: 1, baseSequence: 0 };
    log.append(batchOf({ ...batch, baseOffset: 0, leaderEpoch: 3 }), config(), 0);
    fill(log, 5, config(), 4);
    log.advanceStart(1);
    log.close();
    const back = open(store, { logStartOffset: 1 });
    expect([back.logStartOffset, back.logEndOffset]).toEqual([1, 7]);
    expect(back.epochs.endOf(3, 7)).toEqual({ epoch: 3, endOffset: 2 });
    const resent = { values: ['a', 'b'], producerId: 7n, producerEpoch: 1, baseSequence: 0 };
    expect(judged(back, resent)).toMatchObject({ kind: 'duplicate', baseOffset: 0 });
  });

  test('deletes old segments by time, never beyond the high watermark', () => {
    const log = open(makeStore());
    const short = config({ 'segment.bytes': '1000', 'retention.ms': '20000' });
    fill(log, 60, short);
    expect(log.applyRetention(short, 20, 60_000)).toBe(true);
    expect(log.logStartOffset).toBeLessThanOrEqual(20);
    const start = log.logStartOffset;
    log.applyRetention(short, 60, 60_000);
    expect(log.logStartOffset).toBeGreaterThan(start);
    expect(log.logStartOffset).toBeLessThanOrEqual(40);
    expect(offsets(log, log.logStartOffset, 1)).toEqual([log.logStartOffset]);
    log.applyRetention(short, 60, 1_000_000);
    expect([log.logStartOffset, log.logEndOffset, log.sizeInBytes]).toEqual([60, 60, 0]);
    fill(log, 1, short);
    expect(offsets(log, 60)).toEqual([60]);
  });

  test('deletes old segments by size', () => {
    const log = open(makeStore());
    const small = config({ 'segment.bytes': '1000', 'retention.ms': '-1', 'retention.bytes': '3000' });
    fill(log, 60, small);
    const before = log.sizeInBytes;
    log.applyRetention(small, 60, 0);
    expect(log.sizeInBytes).toBeLessThan(before);
    expect(log.sizeInBytes).toBeGreaterThanOrEqual(3000);
  });

  test('finds records by time', () => {
    const log = open(makeStore(), { recentBytes: 0 });
    const small = config({ 'segment.bytes': '2000', 'index.interval.bytes': '1' });
    fill(log, 50, small, 2);
    expect(log.findTimestamp(0)).toEqual({ timestamp: 0, offset: 0, leaderEpoch: 2 });
    expect(log.findTimestamp(23_500)?.offset).toBe(24);
    expect(log.findTimestamp(24_000)?.offset).toBe(24);
    expect(log.findTimestamp(49_001)).toBeNull();
    expect(log.findMaxTimestamp()?.offset).toBe(49);
    log.advanceStart(30);
    expect(log.findTimestamp(0)?.offset).toBe(30);
  });

  test('finds the first of equal times, also when times go back', () => {
    const log = open(makeStore());
    for (const [offset, timestamp] of [500, 900, 900, 100, 900].entries()) {
      log.append(batchOf({ values: ['x'], baseOffset: offset, timestamp }), config(), 0);
    }
    expect(log.findTimestamp(900)?.offset).toBe(1);
    expect(log.findMaxTimestamp()?.offset).toBe(1);
    expect(log.findTimestamp(600)?.offset).toBe(1);
  });

  test('is cut at any offset and goes on from there', () => {
    const log = open(makeStore());
    const small = config({ 'segment.bytes': '1000', 'index.interval.bytes': '200' });
    fill(log, 30, small, 1);
    fill(log, 10, small, 2);
    log.truncateTo(17);
    expect(log.logEndOffset).toBe(17);
    expect(log.epochs.latest).toEqual({ epoch: 1, startOffset: 0 });
    fill(log, 3, small, 5);
    expect(offsets(log, 15, 1 << 20)).toEqual([15, 16, 17, 18, 19].filter((offset) => offset < 20));
    expect(log.epochs.endOf(1, 20)).toEqual({ epoch: 1, endOffset: 17 });
    log.truncateTo(0);
    expect([log.logStartOffset, log.logEndOffset]).toEqual([0, 0]);
  });

  test('is read on where the last read ended, also when it was cut and written anew meanwhile', () => {
    const log = open(makeStore(), { recentBytes: 0 });
    fill(log, 8, config());
    expect(offsets(log, 0, 600)).toEqual([0, 1, 2]);
    expect(offsets(log, 3, 600)).toEqual([3, 4, 5]);
    log.truncateTo(2);
    for (let offset = 2; offset < 8; offset++) {
      log.append(batchOf({ values: ['short'], baseOffset: offset }), config(), 0);
    }
    expect(offsets(log, 6, 1 << 20)).toEqual([6, 7]);
  });

  test('begins anew at another offset', () => {
    const log = open(makeStore());
    fill(log, 5, config());
    log.restartAt(100);
    expect([log.logStartOffset, log.logEndOffset]).toEqual([100, 100]);
    fill(log, 2, config());
    expect(offsets(log, 100)).toEqual([100, 101]);
  });
});

describe('after a crash', () => {
  const small = config({ 'segment.bytes': '2000', 'index.interval.bytes': '300' });

  function segmentFiles(): string[] {
    return readdirSync(join(root, DIRECTORY))
      .filter((name) => name.endsWith('.log'))
      .map((name) => join(root, DIRECTORY, name))
      .sort();
  }

  test('a torn last batch is cut off and the indexes are made anew', () => {
    const log = open(new DiskFiles(root));
    fill(log, 40, small);
    const size = log.sizeInBytes;
    log.release();
    const last = segmentFiles().at(-1)!;
    const file = new DiskFiles(root).open(`${DIRECTORY}/${last.split('/').at(-1)}`);
    truncateSync(last, file.size - 10);
    writeFileSync(last.replace('.log', '.index'), Buffer.alloc(64, 0xff));
    const back = open(new DiskFiles(root), { recoveryPoint: 0, recentBytes: 0 });
    expect(back.logEndOffset).toBe(39);
    expect(back.sizeInBytes).toBeLessThan(size);
    for (let offset = 0; offset < 39; offset++) expect(offsets(back, offset, 1)).toEqual([offset]);
    fill(back, 1, small);
    expect(offsets(back, 39)).toEqual([39]);
  });

  test('a batch with a wrong checksum ends the log, later segments go', () => {
    const log = open(new DiskFiles(root));
    fill(log, 40, small);
    log.release();
    const [, second] = segmentFiles();
    const base = Number(second!.split('/').at(-1)!.slice(0, 20));
    const store = new DiskFiles(root);
    const bytes = store.readBytes(`${DIRECTORY}/${second!.split('/').at(-1)}`)!;
    bytes[bytes.length - 5]! ^= 0xff;
    writeFileSync(second!, bytes);
    const back = open(new DiskFiles(root), { recoveryPoint: 0 });
    expect(back.segmentCount).toBe(2);
    expect(back.logEndOffset).toBeGreaterThan(base);
    expect(back.logEndOffset).toBeLessThan(40);
  });

  test('segments before the recovery point are taken as they are', () => {
    const log = open(new DiskFiles(root));
    fill(log, 40, small);
    log.release();
    const [first, second] = segmentFiles();
    const base = Number(second!.split('/').at(-1)!.slice(0, 20));
    const store = new DiskFiles(root);
    const bytes = store.readBytes(`${DIRECTORY}/${first!.split('/').at(-1)}`)!;
    bytes[bytes.length - 5]! ^= 0xff;
    writeFileSync(first!, bytes);
    expect(open(new DiskFiles(root), { recoveryPoint: base }).logEndOffset).toBe(40);
  });

  test('producers are known again from the batches themselves', () => {
    const log = open(new DiskFiles(root));
    for (let sequence = 0; sequence < 4; sequence++) {
      const producer = { producerId: 9n, producerEpoch: 0, baseSequence: sequence };
      log.append(batchOf({ values: ['x'], baseOffset: sequence, ...producer }), config(), 0);
    }
    log.release();
    const back = open(new DiskFiles(root), { recoveryPoint: 0 });
    const next = (baseSequence: number) => ({
      values: ['x'],
      producerId: 9n,
      producerEpoch: 0,
      baseSequence,
    });
    expect(judged(back, next(4))).toEqual({ kind: 'next' });
    expect(judged(back, next(2))).toMatchObject({ kind: 'duplicate', baseOffset: 2 });
    expect(judged(back, next(6))).toMatchObject({ kind: 'refused' });
  });
});
