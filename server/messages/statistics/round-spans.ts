const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Spans of time that a person reads at once, in milliseconds, from short to long. */
export const ROUND_SPANS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 28, 56, 140, 280, 700, 1400, 2800, 7000, 14_000, 28_000, 70_000, 700_000].map(
    (count) => count * DAY,
  ),
];

/** Some of them, each a multiple of the one before, so that what was counted by one can be counted by the next. */
export const COUNTING_SPANS: readonly number[] = [
  ...[1, 10, 100],
  ...[1, 5, 10, 30].map((count) => count * SECOND),
  ...[1, 5, 10, 30].map((count) => count * MINUTE),
  ...[1, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 7, 28, 140, 700, 7000, 70_000].map((count) => count * DAY),
];

/** Monday, 5 January 1970: a week begins on a Monday, and days, hours and so on begin with it. */
const ORIGIN = 4 * DAY;

/** Which of the spans of this length a time is in, counted from a Monday in 1970. */
export function spanAt(timestamp: number, spanMs: number): number {
  return Math.floor((timestamp - ORIGIN) / spanMs);
}

/** When that one begins: milliseconds since the epoch. */
export function startOfSpan(index: number, spanMs: number): number {
  return index * spanMs + ORIGIN;
}
