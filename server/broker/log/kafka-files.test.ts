import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { iterateBatches, verifyCrc } from '../../protocol/records/batch-header.ts';
import { decodeRecords } from '../../protocol/records/record-batch.ts';
import { batchOf } from '../testing/batches.ts';
import { DiskFiles } from './disk-files.ts';
import { resolveLogConfig } from './log-config.ts';
import { PartitionLog } from './partition-log.ts';
import { RecentBatches } from './recent-batches.ts';

/**
 * Logs that Apache Kafka 4.3.1 wrote, opened by ours. `testing/kafka-4.3.1` holds two folders of one broker: `orders`
 * (index.interval.bytes 300; plain, gzip, idempotent and transactional batches) and `customers` (compacted), copied while
 * it ran, as a crash leaves them (indexes filled up with zeros to their full size), and after it had stopped.
 */
const FIXTURES = join(import.meta.dirname, 'testing/kafka-4.3.1');
const config = resolveLogConfig(new Map([['index.interval.bytes', '300']]), () => undefined);
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kafka-files-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function open(state: 'stopped' | 'crashed', directory: string): PartitionLog {
  cpSync(join(FIXTURES, state, directory), join(root, directory), { recursive: true });
  return PartitionLog.open({
    store: new DiskFiles(root),
    directory,
    config,
    recent: new RecentBatches(0),
    logStartOffset: 0,
    recoveryPoint: state === 'stopped' ? Number.POSITIVE_INFINITY : 0,
    cleanedTo: 0,
  });
}

function everything(log: PartitionLog): Buffer {
  const found: Buffer[] = [];
  let offset = log.logStartOffset;
  while (offset < log.logEndOffset) {
    const [bytes] = log.read(offset, 1000, Number.POSITIVE_INFINITY);
    found.push(bytes!);
    const last = [...iterateBatches(bytes!)].at(-1)!;
    offset = last.baseOffset + last.lastOffsetDelta + 1;
  }
  return Buffer.concat(found);
}

describe.each(['stopped', 'crashed'] as const)('Kafka had %s', (state) => {
  test('every batch is found by offset and by time', () => {
    const log = open(state, 'orders-0');
    expect([log.logStartOffset, log.logEndOffset, log.segmentCount]).toEqual([0, 192, 2]);
    const all = everything(log);
    expect([...iterateBatches(all)].every((batch) => verifyCrc(all, batch))).toBe(true);
    expect(decodeRecords(all).map(({ offset }) => offset)).toEqual(
      Array.from({ length: 192 }, (_, index) => index),
    );
    for (let offset = 0; offset < 192; offset++) {
      const [first] = decodeRecords(log.read(offset, 1, Number.POSITIVE_INFINITY)[0]!).filter(
        (each) => each.offset === offset,
      );
      expect(first?.offset).toBe(offset);
    }
    expect(log.findTimestamp(1795261010030)).toEqual({ timestamp: 1795261010030, offset: 7, leaderEpoch: 0 });
    // The marker of the first transaction is a minute younger than the records around it.
    expect(log.findTimestamp(1795261010531)?.offset).toBe(19);
    expect(log.epochs.latest).toEqual({ epoch: 0, startOffset: 0 });
  });

  test('producers and transactions are known', () => {
    const log = open(state, 'orders-0');
    expect([...log.producers.active()].sort((a, b) => a.producerId - b.producerId)).toMatchObject([
      { producerId: 0, epoch: 0, lastSequence: 89, transactionStart: -1 },
      { producerId: 2, epoch: 0, lastSequence: 5, transactionStart: -1 },
    ]);
    const aborted = log.segments.flatMap((segment) => segment.aborted.all());
    expect(
      aborted.map(({ producerId, firstOffset, lastOffset }) => [producerId, firstOffset, lastOffset]),
    ).toEqual([
      [2, 6, 19],
      [2, 70, 74],
      [2, 134, 135],
    ]);
    expect(log.lastStableOffset(192)).toBe(192);
  });

  test('a compacted log is read over its gaps, and goes on', () => {
    const log = open(state, 'customers-0');
    expect([log.logStartOffset, log.logEndOffset]).toEqual([0, 80]);
    const records = decodeRecords(everything(log));
    expect(
      records.slice(0, 4).map(({ offset, key, value }) => [offset, `${key}`, value && `${value}`]),
    ).toEqual([
      [56, 'c0', 'customer 28'],
      [58, 'c1', null],
      [60, 'c2', 'customer 30'],
      [62, 'c3', 'customer 31'],
    ]);
    // The batch's base timestamp is its delete horizon (KIP-534), its record's time is what it was.
    expect(records[1]).toMatchObject({ timestamp: 1795261018230, batch: { baseTimestamp: 1795347477146 } });
    log.append(batchOf({ values: ['next'], baseOffset: 80, leaderEpoch: 1 }), config, 0);
    expect(decodeRecords(log.read(80, 1000, Number.POSITIVE_INFINITY)[0]!)).toHaveLength(1);
  });
});

test.each(['orders-0', 'customers-0'])(
  'what a crash left of %s becomes, byte for byte, what Kafka leaves on stopping',
  (name) => {
    const log = open('crashed', name);
    log.close();
    const files = readdirSync(join(FIXTURES, 'stopped', name));
    expect(readdirSync(join(root, name)).sort()).toEqual(files.sort());
    for (const file of files) {
      expect([file, readFileSync(join(root, name, file)).toString('hex')]).toEqual([
        file,
        readFileSync(join(FIXTURES, 'stopped', name, file)).toString('hex'),
      ]);
    }
  },
);
