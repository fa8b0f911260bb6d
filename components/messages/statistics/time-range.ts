import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { directionOf, type Reading } from '../search/reading.ts';

type Timeline = MessageStatistics['timeline'];

/** Buckets from the first to the last, both with it. */
export interface BucketRange {
  first: number;
  last: number;
}

export function rangeBetween(one: number, other: number): BucketRange {
  return { first: Math.min(one, other), last: Math.max(one, other) };
}

/** When the time of some buckets begins and ends, in milliseconds since the epoch; the end is not in it. */
export function timesOf({ buckets, bucketMs }: Timeline, { first, last }: BucketRange): [number, number] {
  return [Date.parse(buckets[first]!.start), Date.parse(buckets[last]!.start) + bucketMs];
}

/** The same messages of that time only, in the order they are in now. */
export function readingOf(timeline: Timeline, range: BucketRange, reading: Reading): Partial<Reading> {
  const [from, until] = timesOf(timeline, range);
  return {
    from: `timestamp:${new Date(from).toISOString()}`,
    until: `timestamp:${new Date(until).toISOString()}`,
    order: directionOf(reading),
    follow: false,
  };
}

/** Messages in a bucket: counted, or in all that it stands for where a sample was looked at. */
export function messagesIn({ buckets, bucketMs }: Timeline, index: number, isSample: boolean): number {
  const { matched, perSecond } = buckets[index]!;
  return isSample ? Math.round((perSecond * bucketMs) / 1000) : matched;
}

/** Round numbers at which a scale for this largest value is marked, from 0 to the first that is not smaller. */
export function scaleOf(largest: number): number[] {
  if (largest <= 0) return [0, 1];
  const magnitude = 10 ** Math.floor(Math.log10(largest));
  const top = [1, 2, 5, 10].map((step) => step * magnitude).find((round) => round >= largest)!;
  return top < 2 ? [0, 1] : [0, top / 2, top];
}

/** Buckets that are labelled: about so many, in even steps. */
export function labelledBuckets(count: number, labels: number): number[] {
  if (count === 0) return [];
  const step = Math.max(1, Math.ceil(count / Math.max(1, labels)));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}
