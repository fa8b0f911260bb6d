import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchOf } from '../testing/batches.ts';
import { DiskFiles } from './disk-files.ts';
import type { FileStore } from './file-store.ts';
import { type LogConfig, resolveLogConfig } from './log-config.ts';
import { MemoryFiles } from './memory-files.ts';
import { PartitionLog } from './partition-log.ts';
import { RecentBatches } from './recent-batches.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rolling-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function config(configs: Record<string, string>): LogConfig {
  return resolveLogConfig(new Map(Object.entries(configs)), () => undefined);
}

function open(store: FileStore, logStartOffset = 0, recoveryPoint = Number.POSITIVE_INFINITY): PartitionLog {
  return PartitionLog.open({
    store,
    directory: 't-0',
    config: config({}),
    recent: new RecentBatches(0),
    logStartOffset,
    recoveryPoint,
    cleanedTo: 0,
  });
}

function append(log: PartitionLog, logConfig: LogConfig, timestamp: number): void {
  const batch = batchOf({
    values: ['x'.repeat(50)],
    baseOffset: log.logEndOffset,
    timestamp,
    leaderEpoch: 0,
  });
  log.append(batch, logConfig, timestamp);
}

const bases = (log: PartitionLog) => log.segments.map(({ baseOffset }) => baseOffset);

test('segment.ms counts in the time of records, from the first of the segment', () => {
  const log = open(new MemoryFiles());
  const hourly = config({ 'segment.ms': '3600000' });
  for (const minutes of [0, 30, 60, 61, 100, 122]) append(log, hourly, minutes * 60_000);
  expect(bases(log)).toEqual([0, 3, 5]);
});

test('segment.jitter.ms rolls earlier, by at most as much', () => {
  const ages = Array.from({ length: 20 }, () => {
    const log = open(new MemoryFiles());
    const jittered = config({ 'segment.ms': '1000', 'segment.jitter.ms': '500' });
    for (let time = 0; log.segmentCount === 1; time += 10) append(log, jittered, time);
    return log.logEndOffset * 10 - 10;
  });
  expect(Math.min(...ages)).toBeGreaterThan(490);
  expect(Math.max(...ages)).toBeLessThan(1030);
  expect(new Set(ages).size).toBeGreaterThan(3);
});

test('max.compaction.lag.ms rolls a compacted log only', () => {
  const lag = { 'max.compaction.lag.ms': '1000' };
  expect(config({ ...lag, 'cleanup.policy': 'compact' }).segmentMs).toBe(1000);
  expect(config(lag).segmentMs).toBe(604_800_000);
});

test('a full index rolls too', () => {
  const log = open(new MemoryFiles());
  // Room for four entries of a time index, of which Kafka keeps the last one for the segment's end.
  const tiny = config({ 'segment.index.bytes': '48', 'index.interval.bytes': '1' });
  for (let time = 1; time <= 10; time++) append(log, tiny, time);
  expect(bases(log)).toEqual([0, 4, 8]);
});

test('a follower that gets many batches at once ends its segments where the leader does', () => {
  const small = config({ 'segment.bytes': '400' });
  const leader = open(new MemoryFiles());
  for (let time = 0; time < 20; time++) append(leader, small, time);
  const follower = open(new MemoryFiles());
  const everything = leader.segments.flatMap((_, index) => leader.read(bases(leader)[index]!, 1 << 20, 100));
  follower.append(Buffer.concat(everything), small, 0);
  expect(follower.logEndOffset).toBe(20);
  expect(bases(follower)).toEqual(bases(leader));
});

test('where an empty log begins outlives a crash, though no checkpoint knows of it yet', () => {
  const store = new DiskFiles(root);
  const log = open(store);
  const short = config({ 'retention.ms': '1000', 'file.delete.delay.ms': '0' });
  for (let time = 0; time < 5; time++) append(log, short, time);
  expect(log.applyRetention(short, 5, 1_000_000)).toBe(true);
  expect([log.logStartOffset, log.logEndOffset, log.sizeInBytes]).toEqual([5, 5, 0]);
  log.release();
  const back = open(new DiskFiles(root), 0, 0);
  expect([back.logStartOffset, back.logEndOffset]).toEqual([5, 5]);
});

test('deleted segments are out of the way at once, and gone when the store is closed', async () => {
  const store = new DiskFiles(root);
  const log = open(store);
  const small = config({ 'segment.bytes': '400' });
  for (let time = 0; time < 20; time++) append(log, small, time);
  log.advanceStart(10);
  const names = () => readdirSync(join(root, 't-0'));
  expect(
    names()
      .filter((name) => name.startsWith('0'.repeat(20)))
      .every((name) => name.endsWith('.deleted')),
  ).toBe(true);
  expect(names().some((name) => name.endsWith('.log.deleted'))).toBe(true);
  log.close();
  store.close();
  await expect.poll(() => names().filter((name) => name.endsWith('.deleted'))).toEqual([]);
});
