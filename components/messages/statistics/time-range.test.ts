import { describe, expect, it } from 'vitest';
import { type MessageStatistics, messageStatisticsBody } from '../../../lib/contract/statistics.ts';
import { NEWEST } from '../search/reading.ts';
import { statisticsCall } from './statistics-request.ts';
import { labelledBuckets, messagesIn, rangeBetween, readingOf, scaleOf } from './time-range.ts';

const timeline: MessageStatistics['timeline'] = {
  bucketMs: 60_000,
  buckets: [0, 1, 2].map((minute) => ({
    start: `2026-01-01T12:0${minute}:00.000Z`,
    matched: minute * 6,
    perSecond: minute,
  })),
  partitions: null,
  earlier: 0,
  later: 0,
  withoutTime: 0,
};

describe('a range of time', () => {
  it('is read from its first bucket to the end of its last, in the order there was', () => {
    const range = rangeBetween(2, 1);
    expect(readingOf(timeline, range, { ...NEWEST, follow: true })).toEqual({
      from: 'timestamp:2026-01-01T12:01:00.000Z',
      until: 'timestamp:2026-01-01T12:03:00.000Z',
      order: 'oldest',
      follow: false,
    });
    expect(readingOf(timeline, range, NEWEST).order).toBe('newest');
  });

  it('has as many messages as were counted, or as the sample stands for', () => {
    expect(messagesIn(timeline, 2, false)).toBe(12);
    expect(messagesIn(timeline, 2, true)).toBe(120);
  });
});

describe('scales', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [2, [0, 1, 2]],
    [7, [0, 5, 10]],
    [10, [0, 5, 10]],
    [11, [0, 10, 20]],
    [4999, [0, 2500, 5000]],
  ])('of %i are round', (largest, marks) => {
    expect(scaleOf(largest)).toEqual(marks);
  });

  it('label about as many buckets as asked', () => {
    expect(labelledBuckets(60, 6)).toEqual([0, 10, 20, 30, 40, 50]);
    expect(labelledBuckets(3, 6)).toEqual([0, 1, 2]);
    expect(labelledBuckets(0, 6)).toEqual([]);
  });
});

describe('what is asked', () => {
  it('is all that the reading is about, whatever it shows of it', () => {
    const reading = {
      ...NEWEST,
      search: 'x',
      in: 'key' as const,
      partitions: [1, 2],
      until: 'offset:9',
      limit: 50,
      order: 'oldest' as const,
      follow: true,
      control: true,
      isolation: 'committed' as const,
      minSize: 3,
    };
    const call = statisticsCall(reading, ['orders'], { isSeveral: false, sample: 'all' });
    expect(messageStatisticsBody.strict().parse(call)).toMatchObject({
      topics: ['orders'],
      search: 'x',
      in: 'key',
      partitions: [1, 2],
      from: 'latest',
      until: 'offset:9',
      isolation: 'committed',
      minSize: 3,
      sample: null,
    });
  });

  it('is of no partitions in particular where there are several topics', () => {
    const call = statisticsCall({ ...NEWEST, partitions: [1] }, ['a', 'b'], {
      isSeveral: true,
      sample: '10000',
    });
    expect(messageStatisticsBody.strict().parse(call)).toMatchObject({ topics: ['a', 'b'], sample: 10_000 });
    expect(call.partitions).toBeUndefined();
  });
});
