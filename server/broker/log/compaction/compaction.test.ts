import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  iterateBatches,
  setBaseOffset,
  setPartitionLeaderEpoch,
} from '../../../protocol/records/batch-header.ts';
import {
  decodeRecords,
  encodeRecordBatch,
  type RecordToEncode,
} from '../../../protocol/records/record-batch.ts';
import { DiskFiles } from '../disk-files.ts';
import type { FileStore } from '../file-store.ts';
import { type LogConfig, resolveLogConfig } from '../log-config.ts';
import { MemoryFiles } from '../memory-files.ts';
import { PartitionLog } from '../partition-log.ts';
import { RecentBatches } from '../recent-batches.ts';
import { encodeMarker } from '../transaction-marker.ts';
import { cleanable } from './cleanable.ts';
import { LogCleaner } from './log-cleaner.ts';

const DAY_MS = 86_400_000;
const START = 1_700_000_000_000;
let root: string;
let now: number;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'compaction-'));
  now = START;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function config(configs: Record<string, string> = {}): LogConfig {
  const all = {
    'cleanup.policy': 'compact',
    'segment.bytes': '1500',
    'index.interval.bytes': '200',
    ...configs,
  };
  return resolveLogConfig(new Map(Object.entries(all)), () => undefined);
}

function open(store: FileStore, logConfig = config(), crashed = false, cleanedTo = 0): PartitionLog {
  return PartitionLog.open({
    store,
    directory: 't-0',
    config: logConfig,
    recent: new RecentBatches(1 << 20),
    logStartOffset: 0,
    recoveryPoint: crashed ? 0 : Number.POSITIVE_INFINITY,
    cleanedTo,
  });
}

function append(log: PartitionLog, batch: Buffer, logConfig: LogConfig): void {
  setBaseOffset(batch, 0, log.logEndOffset);
  setPartitionLeaderEpoch(batch, 0, 0);
  log.append(batch, logConfig, now);
}

function put(
  log: PartitionLog,
  logConfig: LogConfig,
  ...records: [key: string, value: string | null][]
): void {
  append(log, batchOf(records), logConfig);
}

function batchOf(
  records: [key: string, value: string | null][],
  rest: Partial<Parameters<typeof encodeRecordBatch>[0]> = {},
): Buffer {
  const encoded = records.map(([key, value]): RecordToEncode => ({ key, value, timestamp: now }));
  return encodeRecordBatch({ records: encoded, ...rest });
}

async function clean(log: PartitionLog, store: FileStore, logConfig: LogConfig, mapBytes = 1 << 20) {
  const failures: string[] = [];
  let rounds = 0;
  const broker = {
    store,
    cleanerLimits: { mapBytes, loadFactor: 0.9 },
    now: () => now,
    *cleanableLogs() {
      const target = cleanable(log, logConfig, log.lastStableOffset(log.logEndOffset), now);
      if (target !== null && ++rounds < 100) yield target;
    },
  };
  await new LogCleaner(
    () => [broker],
    (line) => failures.push(line),
  ).run();
  expect(failures).toEqual([]);
  expect(rounds).toBeLessThan(100);
}

function everything(log: PartitionLog) {
  const found: Buffer[] = [];
  let offset = log.logStartOffset;
  while (offset < log.logEndOffset) {
    const pieces = log.read(offset, 1 << 16, Number.POSITIVE_INFINITY);
    if (pieces.length === 0) break;
    found.push(...pieces);
    const last = [...iterateBatches(pieces.at(-1)!)].at(-1)!;
    offset = last.baseOffset + last.lastOffsetDelta + 1;
  }
  return Buffer.concat(found);
}

function recordsOf(log: PartitionLog) {
  return decodeRecords(everything(log)).filter(({ batch }) => !batch.isControl);
}

/** Fills the active segment, so that all before can be compacted. */
function seal(log: PartitionLog, logConfig: LogConfig): void {
  const segments = log.segmentCount;
  while (log.segmentCount === segments) put(log, logConfig, ['seal', '.'.repeat(900)]);
}

describe('compaction', () => {
  test('keeps the last record of each key at its offset', async () => {
    const store = new DiskFiles(root);
    const log = open(store);
    for (let round = 0; round < 40; round++)
      put(log, config(), ['a', `a${round}`], ['b', `b${round}`], [`c${round}`, 'x']);
    seal(log, config());
    const end = log.logEndOffset;
    const sizeBefore = log.sizeInBytes;
    await clean(log, store, config());
    const found = new Map(recordsOf(log).map(({ key, value, offset }) => [`${key}`, [`${value}`, offset]]));
    expect(found.get('a')).toEqual(['a39', 117]);
    expect(found.get('b')).toEqual(['b39', 118]);
    expect(found.get('c0')).toEqual(['x', 2]);
    expect(recordsOf(log).filter(({ key }) => `${key}` === 'a').length).toBeLessThan(10);
    expect([log.logStartOffset, log.logEndOffset]).toEqual([0, end]);
    expect(log.sizeInBytes).toBeLessThan(sizeBefore);
    expect(log.cleanedTo).toBeGreaterThan(100);
    expect(readdirSync(join(root, 't-0')).filter((name) => /cleaned|swap/.test(name))).toEqual([]);
  });

  test('tombstones go when consumers have had delete.retention.ms to see them', async () => {
    const store = new MemoryFiles();
    const log = open(store);
    put(log, config(), ['gone', 'once'], ['stays', 'here']);
    put(log, config(), ['gone', null]);
    seal(log, config());
    await clean(log, store, config());
    const keys = () =>
      recordsOf(log)
        .map(({ key, value }) => `${key}=${value}`)
        .slice(0, 2);
    expect(keys()).toEqual(['stays=here', 'gone=null']);
    const batch = [...iterateBatches(everything(log))].find(({ baseOffset }) => baseOffset === 2)!;
    expect([batch.attributes & 0x40, batch.baseTimestamp]).toEqual([0x40, START + DAY_MS]);
    expect(recordsOf(log)[1]).toMatchObject({ offset: 2, timestamp: START });
    now += DAY_MS + 1;
    const eager = config({ 'min.cleanable.dirty.ratio': '0' });
    seal(log, eager);
    await clean(log, store, eager);
    expect(keys()[0]).toBe('stays=here');
    expect(keys().join()).not.toContain('gone');
  });

  test('waits for min.compaction.lag.ms, and does not wait for the ratio beyond max.compaction.lag.ms', () => {
    const store = new MemoryFiles();
    const log = open(store);
    for (let round = 0; round < 20; round++) put(log, config(), ['a', 'x'.repeat(300)]);
    const of = (configs: Record<string, string>, at = now) =>
      cleanable(log, config(configs), log.logEndOffset, at);
    expect(of({})).not.toBeNull();
    expect(of({ 'min.compaction.lag.ms': '1000' })).toBeNull();
    expect(of({ 'min.compaction.lag.ms': '1000' }, now + 1001)).not.toBeNull();
    log.cleanedTo = log.segments.at(-2)!.baseOffset;
    expect(of({})).toBeNull();
    expect(of({ 'max.compaction.lag.ms': '1000' })).toBeNull();
    expect(of({ 'max.compaction.lag.ms': '1000' }, now + 1001)).not.toBeNull();
    expect(cleanable(log, config(), 0, now)).toBeNull();
  });

  test('goes on where memory did not suffice', async () => {
    const store = new MemoryFiles();
    const log = open(store);
    for (let round = 0; round < 3; round++)
      for (let key = 0; key < 60; key++) put(log, config(), [`k${key}`, `v${round}`]);
    seal(log, config());
    await clean(log, store, config({ 'min.cleanable.dirty.ratio': '0' }), 24 * 20);
    const values = recordsOf(log).filter(({ offset }) => offset < 170);
    expect(values.every(({ value, offset }) => `${value}` === 'v2' || offset > 160)).toBe(true);
    expect(new Set(values.map(({ key }) => `${key}`)).size).toBeGreaterThan(45);
  });

  test('a producer’s last sequence outlives its records', async () => {
    const store = new DiskFiles(root);
    const log = open(store);
    const produced = { producerId: 7n, producerEpoch: 0 };
    append(log, batchOf([['a', '1']], { ...produced, baseSequence: 0 }), config());
    append(
      log,
      batchOf(
        [
          ['a', '2'],
          ['b', '2'],
        ],
        { ...produced, baseSequence: 1 },
      ),
      config(),
    );
    put(log, config(), ['a', '3'], ['b', '3']);
    seal(log, config());
    await clean(log, store, config());
    expect(
      recordsOf(log)
        .map(({ key, value }) => `${key}${value}`)
        .slice(0, 2),
    ).toEqual(['a3', 'b3']);
    const empty = [...iterateBatches(everything(log))][0]!;
    expect([empty.baseOffset, empty.lastOffsetDelta, empty.recordCount, empty.baseSequence]).toEqual([
      1, 1, 0, 1,
    ]);
    log.release();
    rmSync(join(root, 't-0', '00000000000000000000.snapshot'), { force: true });
    for (const name of readdirSync(join(root, 't-0')))
      if (name.endsWith('.snapshot')) rmSync(join(root, 't-0', name));
    const back = open(new DiskFiles(root), config(), true);
    expect([...back.producers.active()]).toMatchObject([{ producerId: 7, epoch: 0, lastSequence: 2 }]);
  });

  test('aborted records go, and markers once nothing of their transaction is left', async () => {
    const store = new MemoryFiles();
    const eager = config({ 'min.cleanable.dirty.ratio': '0' });
    const log = open(store, eager);
    const mark = (producerId: number, commits: boolean) =>
      append(
        log,
        encodeMarker({ producerId, producerEpoch: 0, coordinatorEpoch: 0, commits, timestamp: now }),
        eager,
      );
    const inTransaction = (producerId: bigint, baseSequence: number, key: string, value: string) =>
      append(
        log,
        batchOf([[key, value]], { producerId, producerEpoch: 0, baseSequence, isTransactional: true }),
        eager,
      );
    put(log, eager, ['a', 'before']);
    inTransaction(1n, 0, 'a', 'aborted');
    inTransaction(2n, 0, 'b', 'committed');
    mark(1, false);
    mark(2, true);
    inTransaction(1n, 1, 'c', 'aborted too');
    mark(1, false);
    put(log, eager, ['b', 'after']);
    seal(log, eager);
    await clean(log, store, eager);
    const visible = () =>
      recordsOf(log)
        .map(({ key, value }) => `${key}=${value}`)
        .slice(0, 2);
    expect(visible()).toEqual(['a=before', 'b=after']);
    const controls = () =>
      [...iterateBatches(everything(log))].filter(
        ({ isControl, recordCount }) => isControl && recordCount > 0,
      ).length;
    expect(controls()).toBe(3);
    // The last batch of an active producer stays, empty, and its marker with it.
    const age = async () => {
      now += DAY_MS + 1;
      seal(log, eager);
      await clean(log, store, eager);
    };
    await age();
    await age();
    expect(controls()).toBe(2);
    log.sweep(eager, now + DAY_MS, DAY_MS);
    for (let round = 0; round < 3; round++) await age();
    expect(controls()).toBe(0);
    expect(visible()).toEqual(['a=before', 'b=after']);
  });

  test('leaves a log alone that changes under its hands', async () => {
    const store = new MemoryFiles();
    const log = open(store);
    for (let round = 0; round < 20_000; round++)
      put(log, config({ 'segment.bytes': '100000' }), [`k${round}`, 'x']);
    const cleaning = clean(log, store, config({ 'segment.bytes': '100000' }));
    log.truncateTo(10);
    await cleaning;
    expect(log.logEndOffset).toBe(10);
    expect(recordsOf(log).map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(store.files('t-0').filter((name) => /cleaned|swap/.test(name))).toEqual([]);
  });
});

describe('a crash while segments are swapped', () => {
  /** A log in three sealed segments and one that gets the appends, and the compacted form of the first two. */
  async function prepared() {
    const store = new DiskFiles(root);
    const log = open(store);
    for (let round = 0; round < 60; round++)
      put(log, config(), [round % 3 === 0 ? `k${round}` : 'a', `${round}`.padEnd(50)]);
    const before = readdirSync(join(root, 't-0'));
    const kept = new Map(before.map((name) => [name, store.readBytes(`t-0/${name}`)!]));
    await clean(log, store, config({ 'segment.bytes': '3200' }));
    const after = readdirSync(join(root, 't-0')).filter((name) => !name.endsWith('.deleted'));
    const compacted = new Map(after.map((name) => [name, store.readBytes(`t-0/${name}`)!]));
    log.release();
    store.close();
    rmSync(join(root, 't-0'), { recursive: true });
    return { kept, compacted };
  }

  test.each(['before the swap', 'in the middle of it', 'after the old ones went'])('%s', async (when) => {
    const { kept, compacted } = await prepared();
    const store = new DiskFiles(root);
    for (const [name, bytes] of kept) store.replace(`t-0/${name}`, bytes);
    const first = [...compacted].filter(([name]) => /^0{20}\.(log|index|timeindex)$/.test(name));
    for (const [name, bytes] of first) {
      const stage = when === 'before the swap' && name.endsWith('index') ? 'cleaned' : 'swap';
      store.replace(`t-0/${name}.${stage}`, bytes);
    }
    if (when === 'after the old ones went') {
      for (const name of kept.keys()) if (/^0{20}\./.test(name)) store.discard(`t-0/${name}`, 60_000);
    }
    const log = open(store, config(), true, 40);
    expect(log.logEndOffset).toBe(60);
    expect(log.cleanedTo).toBe(when === 'before the swap' ? 40 : 0);
    expect(recordsOf(log).at(-1)).toMatchObject({ offset: 59 });
    const logs = (files: Map<string, Buffer>) => [...files].filter(([name]) => name.endsWith('.log'));
    const [firstLog, secondLog] = logs(compacted).sort();
    const isReplaced = (name: string) => when !== 'before the swap' && name < secondLog![0];
    const rest = logs(kept).filter(([name]) => !isReplaced(name));
    const parts = when === 'before the swap' ? rest : [firstLog!, ...rest];
    expect(rest.length).toBeLessThan(logs(kept).length + (when === 'before the swap' ? 1 : -1));
    expect(everything(log).length).toBe(parts.reduce((sum, [, bytes]) => sum + bytes.length, 0));
    expect(readdirSync(join(root, 't-0')).filter((name) => /cleaned|swap|deleted/.test(name))).toEqual([]);
    store.close();
  });
});

test('whatever was written, compaction changes neither the last value of a key nor an offset', async () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const step = fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant('write' as const),
        records: fc.array(fc.tuple(key, fc.option(fc.string({ maxLength: 60 }))), {
          minLength: 1,
          maxLength: 5,
        }),
        compression: fc.constantFrom(
          'none' as const,
          'gzip' as const,
          'lz4' as const,
          'zstd' as const,
          'snappy' as const,
        ),
        producer: fc.integer({ min: 0, max: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('transaction' as const),
        records: fc.array(fc.tuple(key, fc.string({ maxLength: 60 })), { minLength: 1, maxLength: 3 }),
        commits: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('clean' as const), hours: fc.integer({ min: 0, max: 30 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), crashed: fc.boolean() }) },
  );
  const eager = config({ 'min.cleanable.dirty.ratio': '0.1', 'segment.bytes': '600' });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
      const store = new MemoryFiles();
      let log = open(store, eager);
      const last = new Map<string, { value: string | null; offset: number }>();
      const written = new Map<number, string>();
      const sequences = new Map<number, number>();
      now = START;
      const next = (producer: number, count: number) => {
        const baseSequence = sequences.get(producer) ?? 0;
        sequences.set(producer, baseSequence + count);
        return { producerId: BigInt(producer), producerEpoch: 0, baseSequence };
      };
      const note = (records: readonly (readonly [string, string | null])[], visible: boolean) => {
        for (const [index, [name, value]] of records.entries()) {
          const offset = log.logEndOffset + index;
          written.set(offset, `${name}=${value}`);
          if (visible) last.set(name, { value, offset });
        }
      };
      for (const each of steps) {
        now += 1000;
        if (each.kind === 'write') {
          note(each.records, true);
          const producer = each.producer === 0 ? {} : next(each.producer, each.records.length);
          append(log, batchOf(each.records, { compression: each.compression, ...producer }), eager);
        } else if (each.kind === 'transaction') {
          note(each.records, each.commits);
          append(
            log,
            batchOf(each.records, { isTransactional: true, ...next(9, each.records.length) }),
            eager,
          );
          append(
            log,
            encodeMarker({
              producerId: 9,
              producerEpoch: 0,
              coordinatorEpoch: 0,
              commits: each.commits,
              timestamp: now,
            }),
            eager,
          );
        } else if (each.kind === 'clean') {
          now += each.hours * 3_600_000;
          await clean(log, store, eager);
        } else {
          if (each.crashed) log.release();
          else log.close();
          const { cleanedTo, logEndOffset } = log;
          log = open(store, eager, each.crashed);
          log.cleanedTo = cleanedTo;
          expect(log.logEndOffset).toBe(logEndOffset);
        }
      }
      const aborted = log.segments.flatMap((segment) => segment.aborted.all());
      const seen = new Map<string, { value: string | null; offset: number }>();
      for (const { key: name, value, offset, batch } of recordsOf(log)) {
        expect(`${name}=${value === null ? null : value}`).toBe(written.get(offset));
        const isAborted = aborted.some(
          (each) =>
            batch.isTransactional &&
            BigInt(each.producerId) === batch.producerId &&
            each.firstOffset <= offset &&
            offset < each.lastOffset,
        );
        if (!isAborted) seen.set(`${name}`, { value: value === null ? null : `${value}`, offset });
      }
      for (const [name, expected] of last) {
        if (expected.value === null && seen.get(name) === undefined) continue;
        expect([name, seen.get(name)]).toEqual([name, expected]);
      }
      for (const { producerId, lastSequence } of log.producers.active()) {
        expect([producerId, lastSequence + 1]).toEqual([producerId, sequences.get(producerId)]);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
