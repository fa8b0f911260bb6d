import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setBaseOffset } from '../../protocol/records/batch-header.ts';
import { batchOf } from '../testing/batches.ts';
import { DiskFiles } from './disk-files.ts';
import type { FileStore } from './file-store.ts';
import { type LogConfig, resolveLogConfig } from './log-config.ts';
import { MemoryFiles } from './memory-files.ts';
import { PartitionLog } from './partition-log.ts';
import { RecentBatches } from './recent-batches.ts';
import { encodeMarker } from './transaction-marker.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'transactions-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function config(configs: Record<string, string> = {}): LogConfig {
  return resolveLogConfig(new Map(Object.entries(configs)), () => undefined);
}

function open(store: FileStore, recoveryPoint = Number.POSITIVE_INFINITY, logStartOffset = 0): PartitionLog {
  const recent = new RecentBatches(0);
  return PartitionLog.open({
    store,
    directory: 't-0',
    config: config(),
    recent,
    logStartOffset,
    recoveryPoint,
    cleanedTo: 0,
  });
}

const next = new Map<number, number>();
beforeEach(() => next.clear());

/** One transactional record of a producer. */
function write(log: PartitionLog, producerId: number, logConfig = config()): void {
  const baseSequence = next.get(producerId) ?? 0;
  next.set(producerId, baseSequence + 1);
  const producer = { producerId: BigInt(producerId), producerEpoch: 0, baseSequence, isTransactional: true };
  log.append(batchOf({ values: ['x'.repeat(100)], baseOffset: log.logEndOffset, ...producer }), logConfig, 0);
}

function end(log: PartitionLog, producerId: number, commits: boolean, logConfig = config()): void {
  const batch = encodeMarker({ producerId, producerEpoch: 0, coordinatorEpoch: 0, commits, timestamp: 1 });
  setBaseOffset(batch, 0, log.logEndOffset);
  log.append(batch, logConfig, 0);
}

function abortedFrom(log: PartitionLog, offset: number, maxBytes = 1 << 20) {
  return log.abortedIn(log.read(offset, maxBytes, log.logEndOffset), offset);
}

describe.each([
  ['on disk', () => new DiskFiles(join(root, 'd')) as FileStore],
  ['in memory', () => new MemoryFiles() as FileStore],
])('transactions in a log %s', (_, makeStore) => {
  test('readers of committed data stop at the first open transaction', () => {
    const log = open(makeStore());
    write(log, 1);
    expect(log.lastStableOffset(1)).toBe(0);
    end(log, 1, true);
    expect(log.lastStableOffset(1)).toBe(0);
    expect(log.lastStableOffset(2)).toBe(2);
  });

  test('and are told which transactions were aborted in what they read', () => {
    const log = open(makeStore());
    write(log, 1); // 0
    write(log, 2); // 1
    end(log, 1, false); // 2
    end(log, 2, true); // 3
    write(log, 1); // 4
    end(log, 1, false); // 5
    expect(abortedFrom(log, 0)).toEqual([
      { producerId: 1, firstOffset: 0 },
      { producerId: 1, firstOffset: 4 },
    ]);
    expect(abortedFrom(log, 0, 1)).toEqual([{ producerId: 1, firstOffset: 0 }]);
    expect(abortedFrom(log, 3)).toEqual([{ producerId: 1, firstOffset: 4 }]);
  });

  test('also when the marker is some segments on', () => {
    const store = makeStore();
    const log = open(store);
    const small = config({ 'segment.bytes': '500' });
    write(log, 1, small);
    for (let count = 0; count < 20; count++) {
      write(log, 2, small);
      end(log, 2, true, small);
    }
    end(log, 1, false, small);
    expect(log.segmentCount).toBeGreaterThan(4);
    expect(abortedFrom(log, 0, 1)).toEqual([{ producerId: 1, firstOffset: 0 }]);
    expect(store.files('t-0').filter((name) => name.endsWith('.txnindex'))).toHaveLength(1);
  });

  test('a clean stop and start keeps them', () => {
    const store = makeStore();
    const log = open(store);
    write(log, 1);
    write(log, 2);
    end(log, 1, false);
    log.close();
    const back = open(store);
    expect(back.lastStableOffset(3)).toBe(1);
    expect(abortedFrom(back, 0)).toEqual([{ producerId: 1, firstOffset: 0 }]);
    end(back, 2, true);
    expect(back.lastStableOffset(4)).toBe(4);
  });

  test('cut off markers are undone', () => {
    const log = open(makeStore());
    write(log, 1);
    end(log, 1, false);
    log.truncateTo(1);
    expect(log.lastStableOffset(1)).toBe(0);
    expect(abortedFrom(log, 0)).toEqual([]);
    end(log, 1, true);
    expect(log.lastStableOffset(2)).toBe(2);
    log.restartAt(7);
    expect(log.lastStableOffset(7)).toBe(7);
    expect(log.producers.size).toBe(0);
  });

  test('a transaction whose records are deleted leaves the log start stable', () => {
    const log = open(makeStore());
    write(log, 1);
    write(log, 1);
    log.advanceStart(1);
    expect(log.lastStableOffset(2)).toBe(1);
  });
});

test('after a crash, producers, open and aborted transactions are found in the records again', () => {
  const small = config({ 'segment.bytes': '500' });
  const log = open(new DiskFiles(root));
  write(log, 9, small);
  for (let count = 0; count < 15; count++) {
    write(log, 2, small);
    end(log, 2, count % 2 === 0, small);
  }
  end(log, 9, false, small);
  write(log, 3, small);
  const everyFirst = (from: PartitionLog) =>
    Array.from({ length: from.logEndOffset }, (_, offset) => abortedFrom(from, offset, 1));
  const expected = everyFirst(log);
  expect(new Set(expected.flat().map(({ firstOffset }) => firstOffset)).size).toBe(8);
  log.release();
  for (const recoveryPoint of [0, 12, 30]) {
    const back = open(new DiskFiles(root), recoveryPoint);
    expect(back.lastStableOffset(back.logEndOffset)).toBe(back.logEndOffset - 1);
    expect(everyFirst(back)).toEqual(expected);
    back.release();
  }
});
