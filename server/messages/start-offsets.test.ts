import { describe, expect, it } from 'vitest';
import { refuseIfNowhere, startOffset } from './start-offsets.ts';
import { parseStartPosition } from './start-position.ts';

const ranges = new Map([
  [0, { logStartOffset: 10, logEndOffset: 50, offsetAtTime: 20, offsetAtEndTime: 0 }],
  [1, { logStartOffset: 0, logEndOffset: 5, offsetAtTime: 5, offsetAtEndTime: 0 }],
]);
const starts = (from: string, of = ranges) => {
  const position = parseStartPosition(from);
  if (position.kind === 'latest') throw new Error('latest has no start');
  if (position.kind === 'offset') refuseIfNowhere(position.offset, of);
  return Object.fromEntries(
    [...of].map(([partition, range]) => [partition, startOffset(position, partition, range)]),
  );
};
const only = (partition: number) => new Map([[partition, ranges.get(partition)!]]);

describe('startOffsets', () => {
  it('starts at the log, at a time, or counted from the end', () => {
    expect(starts('earliest')).toEqual({ 0: 10, 1: 0 });
    expect(starts('timestamp:2026-01-01')).toEqual({ 0: 20, 1: 5 });
    expect(starts('offset:-3')).toEqual({ 0: 47, 1: 2 });
    expect(starts('offset:-100')).toEqual({ 0: 10, 1: 0 });
  });

  it('takes an offset for all partitions as "from there on", wherever it exists', () => {
    expect(starts('offset:30')).toEqual({ 0: 30, 1: 5 });
    expect(starts('offset:3')).toEqual({ 0: 10, 1: 3 });
  });

  it('takes the end of a log as a place to go on from', () => {
    expect(starts('offset:50', only(0))).toEqual({ 0: 50 });
    expect(starts('offsets:0=50,1=5')).toEqual({ 0: 50, 1: 5 });
  });

  it.each([
    ['offset:51', only(0), /offsets 10 to 49 in partition 0/],
    ['offset:9', only(0), /offsets 10 to 49 in partition 0/],
    ['offset:51', ranges, /10 to 49 in partition 0, offsets 0 to 4 in partition 1/],
    ['offset:9223372036854775807', ranges, /10 to 49/],
    ['offsets:0=20,1=6', ranges, /offsets 0 to 4 in partition 1/],
    [
      'offset:3',
      new Map([[2, { logStartOffset: 7, logEndOffset: 7, offsetAtTime: 7, offsetAtEndTime: 0 }]]),
      /no messages.*7/,
    ],
  ])('refuses %s and names the valid range', (from, of, message) => {
    expect(() => starts(from, of)).toThrow(message);
    expect(() => starts(from, of)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        fields: [{ field: 'from', message: expect.stringMatching(message) }],
      }),
    );
  });
});
