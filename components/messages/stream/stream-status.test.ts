import { describe, expect, it } from 'vitest';
import type { MessageEnd, MessageProgress } from '../../../lib/contract/messages.ts';
import { remainingOf } from './stream-status.tsx';

const progress: MessageProgress = {
  type: 'progress',
  scanned: 10,
  matched: 10,
  sent: 10,
  bytes: 0,
  elapsedMs: 0,
  remaining: null,
  partitions: [
    { partition: 0, position: 5, remaining: null, logStartOffset: 0, logEndOffset: 100 },
    { partition: 1, position: 7, remaining: null, logStartOffset: 0, logEndOffset: 7 },
  ],
};
const end: MessageEnd = {
  type: 'end',
  reason: 'limit',
  scanned: 10,
  matched: 10,
  sent: 10,
  nextFrom: { 0: 10, 1: 7 },
  problems: [],
};

describe('remainingOf', () => {
  it('adds up what lies after the stream in every partition', () => {
    expect(remainingOf({ end, progress })).toBe(90);
  });

  it('goes by the position where the end names no offset, and is never negative', () => {
    expect(remainingOf({ end: { ...end, nextFrom: { 1: 9 } }, progress })).toBe(95);
  });

  it('is unknown before the end', () => {
    expect(remainingOf({ end: null, progress })).toBeNull();
    expect(remainingOf({ end, progress: null })).toBeNull();
  });
});
