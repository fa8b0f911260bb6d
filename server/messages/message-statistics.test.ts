import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  type MessageStatisticsBody,
  messageStatisticsBody,
  type StatisticsEnd,
  type StatisticsProgress,
  statisticsLine,
} from '../../lib/contract/statistics.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { messageStatistics } from './message-statistics.ts';
import { scanPool } from './scan/scan-pool.ts';
import { FakeLogs } from './testing/fake-logs.ts';

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
