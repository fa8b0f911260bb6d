import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StatisticsEnd, StatisticsLine, StatisticsProgress } from '../../lib/contract/statistics.ts';
import { ask, askLines, request } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { underTest } from '../harness/under-test.ts';

const PARTITIONS = 3;
const COUNT = 600;
const topic = uniqueName('statistics');
const large = uniqueName('statistics-large');
const LARGE_COUNT = 30_000;
const start = Date.UTC(2026, 5, 1);
const kafka = new Kafka({ brokers: underTest.bootstrapServers.split(','), logLevel: logLevel.NOTHING });

const isTombstone = (index: number) => index % 100 === 99;

/** Message `index`: one a second, half of them in the first partition; each 60th is the same as the one before it in its partition. */
function messageOf(index: number) {
  const of = index % 60 === 58 ? index - 2 : index;
  const value = {
    orderId: `o-${of}`,
    total: of / 2,
    status: of % 3 === 0 ? 'paid' : 'open',
    items: [{ sku: of % 5 }],
  };
  return {
    partition: index % 2 === 0 ? 0 : 1 + ((index >> 1) % 2),
    key: index % 10 === 9 ? null : `key-${of % 8}`,
    value: isTombstone(index) ? null : JSON.stringify(value),
    headers: { trace: 't', ...(index % 4 === 0 ? { urgent: 'yes' } : {}) },
    timestamp: String(start + index * 1000),
  };
}

const every = (test: (index: number) => boolean) =>
  Array.from({ length: COUNT }, (_, index) => index).filter(test);
const messages = every(() => true).map(messageOf);

async function gather(body: Record<string, unknown>) {
  const lines = await askLines('messageStatistics', { body: { topics: [topic], ...body } });
  const end = lines.at(-1) as StatisticsEnd;
  expect(end.type).toBe('end');
  return { lines, end, statistics: end.statistics! };
}
const progressOf = (lines: StatisticsLine[]) =>
  lines.filter((line): line is StatisticsProgress => line.type === 'progress');
const sizeOf = (text: string | null) => Buffer.byteLength(text ?? '');
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

beforeAll(async () => {
  // The times of these messages are long past: retention would take them away while they are counted.
  const configs = { 'retention.ms': '-1', 'message.timestamp.before.max.ms': '9223372036854775807' };
  for (const name of [topic, large]) {
    await ask('createTopic', { body: { name, partitionCount: PARTITIONS, replicationFactor: 3, configs } });
  }
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages });
  for (let first = 0; first < LARGE_COUNT; first += 1000) {
    await producer.send({
      topic: large,
      messages: Array.from({ length: 1000 }, (_, step) => ({
        partition: (first + step) % PARTITIONS,
        key: `k-${first + step}`,
        value: (first + step) % 4 === 0 ? 'needle' : 'hay',
        timestamp: String(start + (first + step) * 100),
      })),
    });
  }
  await producer.disconnect();
});
afterAll(async () => {
  await ask('deleteTopic', { params: { topic } });
  await ask('deleteTopic', { params: { topic: large } });
});

describe('statistics of messages', () => {
  it('are exact where all was looked at', async () => {
    const { end, lines, statistics } = await gather({ sample: null });
    expect(end).toMatchObject({ reason: 'end-of-log', scanned: COUNT, matched: COUNT, problems: [] });
    expect(progressOf(lines).length).toBeGreaterThan(0);
    expect(progressOf(lines).every((line) => line.statistics.partial)).toBe(true);
    expect(statistics).toMatchObject({
      partial: false,
      coverage: {
        isWhole: true,
        offsets: COUNT,
        offsetsLookedAt: COUNT,
        windows: 0,
        estimatedMatched: COUNT,
      },
      matched: COUNT,
      tombstones: every(isTombstone).length,
      unreadable: 0,
      bytes: sum(messages.map(({ key, value }) => sizeOf(key) + sizeOf(value))),
      compression: [{ type: 'none', matched: COUNT }],
      transactions: { committed: 0, aborted: 0, open: 0, unknown: 0 },
    });
  });

  it('tell of each partition what it has', async () => {
    const { statistics } = await gather({ sample: null });
    expect(statistics.partitions).toHaveLength(PARTITIONS);
    for (const { partition, matched, bytes, first, last } of statistics.partitions) {
      const own = messages.filter((one) => one.partition === partition);
      expect(matched).toBe(own.length);
      expect(bytes).toBe(sum(own.map(({ key, value }) => sizeOf(key) + sizeOf(value))));
      const timeOf = (index: number) => new Date(Number(own.at(index)!.timestamp)).toISOString();
      expect(first).toEqual({ offset: 0, timestamp: timeOf(0) });
      expect(last).toEqual({ offset: own.length - 1, timestamp: timeOf(-1) });
    }
  });

  it('tell when messages were written, by round spans of time', async () => {
    const { timeline } = (await gather({ sample: null, buckets: 20 })).statistics;
    expect(timeline.bucketMs).toBe(30_000);
    expect(timeline.buckets).toHaveLength(COUNT / 30);
    expect(timeline.buckets[0]).toEqual({ start: new Date(start).toISOString(), matched: 30, perSecond: 1 });
    expect(timeline.partitions!.map(({ matched }) => sum(matched))).toEqual([
      COUNT / 2,
      COUNT / 4,
      COUNT / 4,
    ]);
  });

  it('tell of keys, sizes, headers and fields', async () => {
    const { statistics } = await gather({ sample: null });
    const { keys, keySizes, valueSizes, headers } = statistics;
    const byKey = Map.groupBy(messages, ({ key }) => key);
    expect(keys).toMatchObject({
      nulls: byKey.get(null)!.length,
      hidden: 0,
      distinct: { estimate: byKey.size - 1, isExact: true },
    });
    for (const { key, count, error } of keys.top) expect([count, error]).toEqual([byKey.get(key)!.length, 0]);
    expect(keys.top).toHaveLength(byKey.size - 1);
    expect(keySizes).toMatchObject({ count: COUNT - byKey.get(null)!.length, min: 5, max: 5, p50: 5 });
    const sizes = messages.filter(({ value }) => value !== null).map(({ value }) => sizeOf(value));
    expect(valueSizes).toMatchObject({
      count: sizes.length,
      min: Math.min(...sizes),
      max: Math.max(...sizes),
    });
    expect(valueSizes.mean).toBeCloseTo(sum(sizes) / sizes.length);
    expect(headers.map(({ name, count }) => [name, count])).toEqual([
      ['trace', COUNT],
      ['urgent', COUNT / 4],
    ]);
    const field = (path: string) => statistics.fields.find((one) => one.path === path);
    const valueCount = sizes.length;
    expect(field('value.status')).toEqual({
      path: 'value.status',
      types: ['string'],
      matched: valueCount,
      share: 1,
      isMasked: false,
      examples: expect.arrayContaining(['paid', 'open']),
      areExamplesAll: true,
      numbers: null,
    });
    expect(field('value.total')!.numbers).toEqual({
      min: '0',
      max: String(Math.max(...messages.map(({ value }) => JSON.parse(value ?? '{"total":0}').total))),
    });
    expect(field('value.items[0].sku')).toMatchObject({ types: ['number'], matched: valueCount });
  });

  it('find the same message again', async () => {
    const { duplicates } = (await gather({ sample: null })).statistics;
    const contents = [...Map.groupBy(messages, ({ key, value }) => JSON.stringify([key, value])).values()];
    const repeated = contents.filter((all) => all.length > 1);
    expect(repeated.length).toBeGreaterThan(5);
    expect(duplicates).toMatchObject({
      count: sum(repeated.map((all) => all.length - 1)),
      contents: repeated.length,
      isExact: true,
    });
    expect(duplicates.examples[0]!.first.topic).toBe(topic);
  });

  it('are of what a search finds, in some partitions, between two times', async () => {
    const { statistics, end } = await gather({
      partitions: [0, 1],
      from: `timestamp:${start + 100_000}`,
      until: `timestamp:${start + 400_000}`,
      filter: 'value.status == "paid"',
      sample: null,
    });
    const wanted = every((index) => index >= 100 && index < 400).filter((index) => {
      const { partition, value } = messages[index]!;
      return partition !== 2 && value !== null && JSON.parse(value).status === 'paid';
    });
    expect(end.matched).toBe(wanted.length);
    expect(statistics.fields.find(({ path }) => path === 'value.status')!.examples).toEqual(['paid']);
  });

  it('look at a sample that is spread over all, and say what it stands for', async () => {
    const { statistics, end } = await gather({ topics: [large], sample: 3000, search: 'needle' });
    expect(end).toMatchObject({ reason: 'sample', scanned: 3000, problems: [] });
    expect(statistics.coverage).toMatchObject({
      isWhole: false,
      offsets: LARGE_COUNT,
      offsetsLookedAt: 3000,
      windows: 15,
    });
    const { estimatedMatched } = statistics.coverage;
    expect(Math.abs(estimatedMatched! - LARGE_COUNT / 4)).toBeLessThan(LARGE_COUNT / 100);
    // Five windows of each partition, evenly spaced.
    const inEach = LARGE_COUNT / PARTITIONS;
    for (const { first, last } of statistics.partitions) {
      expect(first!.offset).toBeLessThan(inEach / 5);
      expect(last!.offset).toBeGreaterThan(inEach - inEach / 5);
    }
    const { buckets, bucketMs } = statistics.timeline;
    const estimated = sum(buckets.map(({ perSecond }) => (perSecond * bucketMs) / 1000));
    expect(Math.abs(estimated - LARGE_COUNT / 4)).toBeLessThan(LARGE_COUNT / 100);
  });

  it('are of several topics together', async () => {
    const { statistics, end } = await gather({ topics: [topic, large], sample: null });
    expect(end.matched).toBe(COUNT + LARGE_COUNT);
    for (const [name, count] of [
      [topic, COUNT],
      [large, LARGE_COUNT],
    ] as const) {
      const own = statistics.partitions.filter((one) => one.topic === name);
      expect(own.map(({ partition }) => partition)).toEqual([0, 1, 2]);
      expect(sum(own.map(({ matched }) => matched))).toBe(count);
    }
    expect(statistics.keys.distinct.isExact).toBe(false);
    const { estimate, relativeError } = statistics.keys.distinct;
    expect(Math.abs(estimate / (LARGE_COUNT + 8) - 1)).toBeLessThan(5 * relativeError);
  });

  it('refuse what cannot be asked, naming the field', async () => {
    for (const [body, field] of [
      [{ topics: [topic], buckets: 5 }, 'buckets'],
      [{ topics: [topic], sample: 0 }, 'sample'],
      [{ topics: [topic], limit: 5 }, 'limit'],
      [{ topics: [topic], filter: 'value.' }, 'filter'],
      [{ topics: [topic], partitions: [9] }, 'partitions'],
    ] as const) {
      const response = await request('messageStatistics', { body: body as never });
      expect([400, 404], field).toContain(response.status);
      const problem = (await response.json()) as { errors: { field: string }[] };
      expect(problem.errors[0]?.field).toBe(field);
    }
  });
});
