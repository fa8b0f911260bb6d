import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  type MessageStatisticsBody,
  messageStatisticsBody,
  type StatisticsEnd,
  type StatisticsProgress,
  statisticsLine,
} from '../../lib/contract/statistics.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { ERROR } from '../protocol/errors.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { messageStatistics } from './message-statistics.ts';
import { scanPool } from './scan/scan-pool.ts';
import { FakeLogs } from './testing/fake-logs.ts';

const NONE = { committed: 0, aborted: 0, open: 0, unknown: 0 };
const NOON = Date.UTC(2026, 0, 1, 12);

let fake: FakeLogs;
let console: Console;

async function start(partitionCount: number): Promise<void> {
  fake = new FakeLogs(partitionCount);
  await fake.cluster.start();
  console = connectedTo(fake.cluster.bootstrapServers);
  await console.snapshots.current();
}

afterEach(async () => {
  await console.close();
  await fake.cluster.stop();
});
afterAll(() => scanPool().close());

async function open(query: Record<string, unknown> = {}, signal = new AbortController().signal) {
  const body: MessageStatisticsBody = messageStatisticsBody.parse({ topics: [fake.topic], ...query });
  return messageStatistics(console, body, signal);
}

async function gather(query: Record<string, unknown> = {}) {
  const progress: StatisticsProgress[] = [];
  let end: StatisticsEnd | undefined;
  for await (const line of await open(query)) {
    const told = statisticsLine.parse(asSent(line));
    if (told.type === 'progress') progress.push(told);
    else end = told;
  }
  return { progress, end: end!, statistics: end!.statistics! };
}

describe('of everything', () => {
  it('counts what there is, exactly', async () => {
    await start(3);
    for (let index = 0; index < 30; index++) {
      fake.logs[index % 2]!.append([
        {
          key: index % 5 === 0 ? null : `k${index % 3}`,
          value: index === 7 ? null : JSON.stringify({ index, user: { name: `u${index % 2}` } }),
          timestamp: NOON + index * 60_000,
          headers: index < 4 ? [{ key: 'trace', value: 't' }] : [],
        },
      ]);
    }
    const { end, statistics, progress } = await gather({ sample: null });
    expect(end).toMatchObject({ reason: 'end-of-log', scanned: 30, matched: 30, problems: [] });
    expect(progress[0]).toMatchObject({
      scanned: 0,
      remaining: 30,
      statistics: { partial: true, matched: 0 },
    });
    expect(statistics.coverage).toEqual({
      isWhole: true,
      offsets: 30,
      offsetsLookedAt: 30,
      windows: 0,
      estimatedMatched: 30,
    });
    expect(statistics).toMatchObject({ partial: false, matched: 30, tombstones: 1 });
    expect(statistics.partitions.map(({ matched }) => matched)).toEqual([15, 15, 0]);
    expect(statistics.keys).toMatchObject({ nulls: 6, hidden: 0, distinct: { estimate: 3, isExact: true } });
    expect(statistics.headers).toEqual([{ name: 'trace', isTruncated: false, count: 4, error: 0 }]);
    expect(statistics.timeline.bucketMs).toBe(30_000);
    expect(statistics.timeline.buckets).toHaveLength(59);
    expect(statistics.timeline.buckets[0]).toEqual({
      start: '2026-01-01T12:00:00.000Z',
      matched: 1,
      perSecond: 0.03333,
    });
    expect(statistics.fields.find(({ path }) => path === 'value.user.name')).toMatchObject({
      types: ['string'],
      matched: 29,
      share: 1,
      examples: ['u0', 'u1'],
      areExamplesAll: true,
    });
    expect(statistics.fields.find(({ path }) => path === 'value.index')?.numbers).toEqual({
      min: '0',
      max: '29',
    });
  });
});

/** So many messages in batches of so many, of which each tenth has `needle`, one a second. */
function fill(partition: number, count: number, batch: number): void {
  for (let first = 0; first < count; first += batch) {
    fake.logs[partition]!.append(
      Array.from({ length: Math.min(batch, count - first) }, (_, step) => ({
        key: `${partition}-${first + step}`,
        value: (first + step) % 10 === 0 ? 'needle' : 'hay',
        timestamp: NOON + (first + step) * 1000,
      })),
    );
  }
}

describe('of a sample', () => {
  it('looks at as many as it may, all over the logs, and says so', async () => {
    await start(2);
    fill(0, 9000, 30);
    fill(1, 3000, 700);
    const { end, statistics } = await gather({ sample: 1200, buckets: 20 });
    expect(end).toMatchObject({ reason: 'sample', scanned: 1200, matched: 1200, problems: [] });
    expect(statistics.partial).toBe(false);
    expect(statistics.coverage).toEqual({
      isWhole: false,
      offsets: 12_000,
      offsetsLookedAt: 1200,
      windows: 7,
      estimatedMatched: 12_000,
    });
    const [large, small] = statistics.partitions;
    expect([large!.matched, small!.matched]).toEqual([900, 300]);
    expect(large!.first!.offset).toBeLessThan(1000);
    expect(large!.last!.offset).toBeGreaterThan(7200);
    // Nothing was counted twice: no key is there twice.
    expect(statistics.keys.distinct).toMatchObject({ estimate: 1200, isExact: true });
    expect(statistics.duplicates.count).toBe(0);
    // Half of the time is of both partitions: two a second.
    const rates = statistics.timeline.buckets.map(({ perSecond }) => perSecond);
    const estimated = rates.reduce((sum, rate) => sum + rate, 0) * (statistics.timeline.bucketMs / 1000);
    expect(estimated).toBeGreaterThan(11_900);
    expect(estimated).toBeLessThan(12_100);
  });

  it('estimates how many match in all', async () => {
    await start(1);
    fill(0, 20_000, 50);
    const { end, statistics } = await gather({ sample: 2000, search: 'needle' });
    expect(end).toMatchObject({ reason: 'sample', scanned: 2000, matched: 200 });
    expect(statistics.coverage).toMatchObject({ offsetsLookedAt: 2000, estimatedMatched: 2000 });
  });

  it('fetches little more than it looks at', async () => {
    await start(1);
    const log = fake.logs[0]!;
    const value = 'v'.repeat(1000);
    for (let batch = 0; batch < 1000; batch++) {
      log.append(Array.from({ length: 20 }, () => ({ key: null, value, timestamp: NOON })));
    }
    let bytes = 0;
    const read = log.read.bind(log);
    log.read = (...asked) => {
      const records = read(...asked);
      bytes += records.length;
      return records;
    };
    const { statistics, end } = await gather({ sample: 1000 });
    expect(end.scanned).toBe(1000);
    const all = log.batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
    // The fetch that finds out how keys and values are to be read is among them.
    expect(bytes).toBeLessThan(all / 8);
    expect(statistics.coverage.windows).toBe(5);
  });

  it('knows no more than is there where compaction has taken records away', async () => {
    await start(1);
    for (let offset = 0; offset < 10_000; offset += 97) {
      fake.logs[0]!.append([{ key: `k${offset}`, value: 'v', offset, timestamp: NOON + offset }]);
    }
    const { statistics, end } = await gather({ sample: 5000 });
    expect(end.reason).toBe('sample');
    expect(statistics.coverage.offsetsLookedAt).toBe(5000);
    expect(statistics.matched).toBe(end.scanned);
    expect(statistics.matched).toBeGreaterThan(30);
    expect(statistics.matched).toBeLessThan(75);
  });

  it('tells aborted transactions from others, wherever a window begins', async () => {
    await start(1);
    const log = fake.logs[0]!;
    for (let round = 0; round < 300; round++) {
      const isAborted = round % 3 === 0;
      const first = log.end;
      log.append(
        Array.from({ length: 9 }, () => ({
          key: 'k',
          value: isAborted ? 'aborted' : 'committed',
          timestamp: NOON,
        })),
        { isTransactional: true, producerId: 7n, producerEpoch: 0 },
      );
      if (isAborted) log.aborted.push({ producerId: 7, firstOffset: first, marker: log.end });
      log.append([{ key: Buffer.from([0, 0, 0, isAborted ? 0 : 1]), value: Buffer.alloc(6) }], {
        isTransactional: true,
        isControl: true,
        producerId: 7n,
        producerEpoch: 0,
      });
    }
    const { statistics } = await gather({ sample: 1500 });
    const { committed, aborted, open, unknown } = statistics.transactions;
    expect(open + unknown).toBe(0);
    expect(committed + aborted).toBe(statistics.matched);
    const told = statistics.fields.find(({ path }) => path === 'value')!;
    expect(told.examples.toSorted()).toEqual(['aborted', 'committed']);
    for (const how of ['committed', 'aborted'] as const) {
      const told = await gather({ sample: 1500, search: how });
      expect(told.end.matched).toBeGreaterThan(100);
      expect(told.statistics.transactions).toEqual({ ...NONE, [how]: told.end.matched });
    }
    const onlyCommitted = await gather({ sample: 1500, isolation: 'committed' });
    expect(onlyCommitted.statistics.transactions).toMatchObject({
      aborted: 0,
      committed: onlyCommitted.end.matched,
    });
    expect(onlyCommitted.statistics.fields.find(({ path }) => path === 'value')!.examples).toEqual([
      'committed',
    ]);
  });
});

describe('of a part', () => {
  it('counts what a search finds between two times, in some partitions', async () => {
    await start(3);
    for (const partition of [0, 1, 2]) fill(partition, 100, 7);
    const { statistics, end } = await gather({
      search: 'needle',
      partitions: [0, 2],
      from: `timestamp:${NOON + 20_000}`,
      until: `timestamp:${NOON + 70_000}`,
    });
    expect(end).toMatchObject({ reason: 'end-of-log', matched: 10 });
    expect(statistics.coverage).toMatchObject({ isWhole: true, offsets: 100, estimatedMatched: 10 });
    expect(statistics.partitions.map(({ partition, matched }) => [partition, matched])).toEqual([
      [0, 5],
      [2, 5],
    ]);
    expect(statistics.timeline.buckets[0]!.start).toBe(new Date(NOON + 20_000).toISOString());
  });

  it('has nothing to tell of an empty topic', async () => {
    await start(2);
    const { statistics, end } = await gather();
    expect(end).toMatchObject({ reason: 'end-of-log', matched: 0 });
    expect(statistics).toMatchObject({
      partial: false,
      matched: 0,
      coverage: { isWhole: true, offsets: 0, estimatedMatched: 0 },
      timeline: { buckets: [] },
      fields: [],
    });
  });

  it('refuses what cannot be asked, before the first line', async () => {
    await start(1);
    await expect(open({ regex: '(' })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(open({ topics: ['none'] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(open({ partitions: [3] })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('when something goes wrong', () => {
  it('leaves out a partition that cannot be read, and is not whole then', async () => {
    await start(3);
    for (const partition of [0, 1, 2]) fill(partition, 50, 5);
    fake.logs[1]!.errorCode = ERROR.TOPIC_AUTHORIZATION_FAILED;
    const { statistics, end } = await gather({ sample: null });
    expect(end).toMatchObject({ reason: 'end-of-log', matched: 100 });
    expect(end.problems).toHaveLength(1);
    expect(statistics).toMatchObject({
      partial: true,
      coverage: { isWhole: false, offsets: 150, offsetsLookedAt: 100, estimatedMatched: 150 },
    });
  });

  it('ends within moments when nobody reads any more', async () => {
    await start(1);
    fill(0, 2000, 5);
    fake.logs[0]!.errorCode = ERROR.LEADER_NOT_AVAILABLE;
    const lines = (await open({ sample: null }))[Symbol.asyncIterator]();
    await lines.next();
    const begun = performance.now();
    await lines.return!();
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('says that it was cancelled, with what it has', async () => {
    await start(1);
    fill(0, 2000, 5);
    const stop = new AbortController();
    fake.beforeFetch = (_, offset) => {
      if (offset > 0) fake.logs[0]!.errorCode = ERROR.LEADER_NOT_AVAILABLE;
    };
    let end: StatisticsEnd | undefined;
    for await (const line of await open({ sample: null }, stop.signal)) {
      const told = statisticsLine.parse(asSent(line));
      if (told.type === 'end') end = told;
      else if (told.matched > 0 || told.elapsedMs > 1500) stop.abort();
    }
    expect(end).toMatchObject({
      reason: 'cancelled',
      statistics: { partial: true, coverage: { isWhole: false } },
    });
  });
});
