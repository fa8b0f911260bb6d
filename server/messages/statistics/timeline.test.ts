import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTING_SPANS, ROUND_SPANS } from './round-spans.ts';
import { Timeline } from './timeline.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Seen {
  partition: number;
  timestamp: number;
}

function timelineOf(seen: readonly Seen[]): Timeline {
  const timeline = new Timeline();
  for (const { partition, timestamp } of seen) timeline.add('orders', partition, timestamp);
  return timeline;
}
const at = (...timestamps: number[]) => timestamps.map((timestamp) => ({ partition: 0, timestamp }));
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** Within seconds, or within decades. */
const seen = fc.constantFrom(1, 1000, MINUTE, 30 * DAY, 9000 * DAY).chain((scale) =>
  fc.array(
    fc.record({
      partition: fc.nat({ max: 3 }),
      timestamp: fc.oneof(
        { weight: 20, arbitrary: fc.nat({ max: 3000 }).map((step) => START + step * scale) },
        { weight: 1, arbitrary: fc.constantFrom(-1, Number.MAX_SAFE_INTEGER) },
      ),
    }),
    { maxLength: 200 },
  ),
);

describe('spans of time', () => {
  it('are multiples of one another where they are counted by', () => {
    for (const [index, span] of COUNTING_SPANS.entries()) {
      expect(span % (COUNTING_SPANS[index - 1] ?? 1)).toBe(0);
      expect(ROUND_SPANS).toContain(span);
    }
  });
});

describe('a timeline', () => {
  it('counts each message once, in so many buckets at most, which are round and in a row', () => {
    fc.assert(
      fc.property(seen, fc.integer({ min: 20, max: 200 }), (messages, most) => {
        const told = timelineOf(messages).tell(most, 1);
        const counts = told.buckets.map(({ matched }) => matched);
        expect(sum(counts) + told.earlier + told.later + told.withoutTime).toBe(messages.length);
        expect(counts.length).toBeLessThanOrEqual(most);
        expect(ROUND_SPANS).toContain(told.bucketMs);
        const starts = told.buckets.map(({ start }) => Date.parse(start));
        for (const [index, start] of starts.entries()) {
          expect(start).toBe(starts[0]! + index * told.bucketMs);
          const within = messages.filter(
            ({ timestamp }) => timestamp >= start && timestamp < start + told.bucketMs,
          );
          if (told.earlier + told.later === 0) expect(counts[index]).toBe(within.length);
        }
        if (counts.length > 0) expect(Math.min(counts[0]!, counts.at(-1)!)).toBeGreaterThan(0);
        for (const [index, count] of counts.entries()) {
          expect(sum(told.partitions!.map(({ matched }) => matched[index]!))).toBe(count);
        }
      }),
    );
  });

  it('is the same merged as gathered together', () => {
    fc.assert(
      fc.property(seen, seen, (one, other) => {
        const merged = timelineOf(one);
        merged.merge(structuredClone(timelineOf(other).state));
        expect(merged.tell(60, 1)).toEqual(timelineOf([...one, ...other]).tell(60, 1));
      }),
    );
  });

  it('is the same merged as gathered together where there are more times than can be told apart', () => {
    const many = (from: number, step: number) =>
      Array.from({ length: 5000 }, (_, index) => ({ partition: index % 2, timestamp: from + index * step }));
    for (const [one, other] of [
      [many(START, 1), many(START + 3, 7)],
      [many(START, MINUTE), many(START + DAY, 1)],
      [many(START, 1), many(START + DAY, 3 * MINUTE)],
    ] as const) {
      const merged = timelineOf(one);
      merged.merge(structuredClone(timelineOf(other).state));
      const together = timelineOf([...one, ...other]);
      expect(merged.state.level).toBe(together.state.level);
      expect(merged.tell(200, 1)).toEqual(together.tell(200, 1));
      expect(merged.state.cells.size).toBeLessThanOrEqual(2048);
    }
  });

  it('leaves out a few messages with a clock gone wrong, and says so', () => {
    const hour = Array.from({ length: 600 }, (_, index) => START + index * 6000);
    const told = timelineOf(at(0, ...hour, Date.UTC(2099, 0, 1), Date.UTC(2099, 0, 2))).tell(60, 1);
    expect(told).toMatchObject({ bucketMs: MINUTE, earlier: 1, later: 2 });
    expect(told.buckets).toHaveLength(60);
    // A tenth of all is no mistake.
    const half = timelineOf(at(...hour.slice(0, 20), 0, 1000)).tell(60, 1);
    expect(half).toMatchObject({ earlier: 0, later: 0 });
  });

  it('says how many come a second, of all where it counts a sample', () => {
    const told = timelineOf(at(START, START + 1, START + 10 * MINUTE)).tell(20, 100);
    expect(told.bucketMs).toBe(MINUTE);
    expect(told.buckets[0]).toMatchObject({ matched: 2, perSecond: Number((200 / 60).toPrecision(4)) });
  });

  it('does not tell partitions apart when there are too many', () => {
    const messages = Array.from({ length: 65 }, (_, partition) => ({ partition, timestamp: START }));
    expect(timelineOf(messages.slice(1)).tell(20, 1).partitions).toHaveLength(64);
    expect(timelineOf(messages).tell(20, 1).partitions).toBeNull();
    const merged = timelineOf(messages.slice(0, 40));
    merged.merge(timelineOf(messages.slice(40)).state);
    expect(merged.tell(20, 1).partitions).toBeNull();
    expect(merged.tell(20, 1).buckets[0]!.matched).toBe(65);
  });
});
