import { describe, expect, it } from 'vitest';
import { amountOf, bytesOf } from './byte-amount.ts';
import { type Draft, draftOf, readingOf } from './draft.ts';
import { NEWEST, type Reading } from './reading.ts';

const readings: Partial<Reading>[] = [
  {},
  { from: 'offset:3', until: 'offset:9', partitions: [1, 4], order: 'newest' },
  { from: 'timestamp:2026-01-31T12:00:00.000Z', until: 'timestamp:2026-01-31T12:00:00.250Z' },
  { search: 'a b', wholeWord: true, in: 'key', key: 'k', header: 'h=1', filter: 'size > 3' },
  { regex: '(?i)^a+$', limit: 50 },
  { regex: '(?im)^a+$', limit: 50 },
  { regex: '^a+$', tombstones: 'only', minSize: 0, maxSize: 3072, isolation: 'committed', control: true },
  { from: 'offsets:0=1', follow: true, limit: 5000, topics: ['a', 'b*'] },
];

const problemsOf = (change: Partial<Draft>) => {
  const result = readingOf({ ...draftOf(NEWEST), ...change });
  return result.ok ? {} : result.problems;
};
const start = draftOf(NEWEST).start;
const end = draftOf(NEWEST).end;

describe('draft', () => {
  it.each(readings)('is the same reading again when nothing was edited: %j', (part) => {
    const reading = { ...NEWEST, ...part };
    expect(readingOf(draftOf(reading))).toEqual({ ok: true, reading });
  });

  it('writes into a pattern whether case matters, and leaves words to the pattern', () => {
    const result = readingOf({ ...draftOf(NEWEST), text: 'a|b', isRegex: true, wholeWord: true });
    expect(result).toMatchObject({
      ok: true,
      reading: { regex: '(?i)a|b', search: '', matchCase: false, wholeWord: false },
    });
  });

  it('names the part that cannot be meant so', () => {
    expect(problemsOf({ start: { ...start, kind: 'offset', offset: 'x' } })).toEqual({
      start: 'offset-not-a-number',
    });
    expect(problemsOf({ end: { ...end, kind: 'timestamp' } })).toEqual({ end: 'time-missing' });
    expect(problemsOf({ isRegex: true, text: '(' })).toEqual({ text: 'pattern-broken' });
    expect(problemsOf({ isRegex: true, text: '(?m)a' })).toEqual({});
    expect(problemsOf({ isRegex: false, text: '(' })).toEqual({});
    expect(problemsOf({ minSize: 'big', maxSize: '-1' })).toEqual({
      minSize: 'size-not-understood',
      maxSize: 'size-not-understood',
    });
    expect(problemsOf({ minSize: '2 KiB', maxSize: '100' })).toEqual({ maxSize: 'size-order' });
  });

  it('says when nothing can lie between start and end', () => {
    const offset = (from: string, until: string) =>
      problemsOf({
        start: { ...start, kind: 'offset', offset: from },
        end: { ...end, kind: 'offset', offset: until },
      });
    expect(offset('9', '9')).toEqual({ end: 'nothing-left' });
    expect(offset('-3', '-9')).toEqual({ end: 'nothing-left' });
    expect(offset('9', '10')).toEqual({});
    expect(offset('9', '-1')).toEqual({});
  });

  it('has no end while it follows', () => {
    const result = readingOf({
      ...draftOf({ ...NEWEST, until: 'offset:9' }),
      follow: true,
    });
    expect(result).toMatchObject({ ok: true, reading: { until: '' } });
  });
});

describe('bytesOf', () => {
  it.each([
    ['512', 512],
    [' 10 KiB', 10_240],
    ['1.5MB', 1_572_864],
    ['1,5 mb', 1_572_864],
    ['3k', 3072],
    ['', null],
    ['ten', null],
    ['9 GiB', null],
    ['99999999999', null],
  ])('reads %j as %j', (text, bytes) => {
    expect(bytesOf(text)).toBe(bytes);
  });

  it.each([0, 1, 1000, 1024, 3072, 1_048_576, 5_000_001])('reads back %i', (bytes) => {
    expect(bytesOf(amountOf(bytes))).toBe(bytes);
  });
});
