import { describe, expect, it } from 'vitest';
import type { MessageEnd, MessageProgress } from '../../../lib/contract/messages.ts';
import { Frontier } from './frontier.ts';

function progress(...positions: number[]): MessageProgress {
  return {
    type: 'progress',
    scanned: 0,
    matched: 0,
    sent: 0,
    bytes: 0,
    elapsedMs: 0,
    remaining: null,
    partitions: positions.map((position, partition) => ({
      partition,
      position,
      remaining: null,
      logStartOffset: 0,
      logEndOffset: 100,
    })),
  };
}

const end = (part: Partial<MessageEnd>): MessageEnd => ({
  type: 'end',
  reason: 'limit',
  scanned: 0,
  matched: 0,
  sent: 0,
  nextFrom: {},
  problems: [],
  ...part,
});

const at = (partition: number, offset: number, topic?: string) =>
  ({ type: 'message', topic, partition, offset }) as never;
const offsets = (frontier: Frontier, side: 'older' | 'newer') =>
  frontier.edgesOf(side).map(({ offset }) => offset);

describe('Frontier', () => {
  it('moves on with messages and progress, and never back', () => {
    const frontier = new Frontier();
    frontier.begin('oldest', false);
    frontier.take(progress(10, 20));
    frontier.take(at(0, 15));
    frontier.take(progress(12, 40));
    expect(offsets(frontier, 'newer')).toEqual([16, 40]);
    expect(offsets(frontier, 'older')).toEqual([10, 20]);
    frontier.take(end({ nextFrom: { 0: 30, 1: 40 } }));
    expect(offsets(frontier, 'newer')).toEqual([30, 40]);
  });

  it('goes backwards from the newest and remembers where that was', () => {
    const frontier = new Frontier();
    frontier.begin('newest', false);
    frontier.take(progress(100, 100));
    frontier.take(at(0, 99));
    frontier.take(progress(90, 80));
    expect(offsets(frontier, 'older')).toEqual([90, 80]);
    frontier.take(end({ nextFrom: { 0: 100, 1: 100 }, nextUntil: { 0: 70, 1: 80 } }));
    expect(offsets(frontier, 'older')).toEqual([70, 80]);
    expect(offsets(frontier, 'newer')).toEqual([100, 100]);
  });

  it('keeps one end while it goes on at the other', () => {
    const frontier = new Frontier();
    frontier.begin('newest', false);
    frontier.take(progress(100));
    frontier.take(end({ nextUntil: { 0: 70 } }));
    frontier.begin('oldest', true);
    frontier.take(progress(100));
    frontier.take(at(0, 104));
    expect(offsets(frontier, 'newer')).toEqual([105]);
    expect(offsets(frontier, 'older')).toEqual([70]);
    frontier.begin('newest', false);
    expect(offsets(frontier, 'newer')).toEqual([]);
  });

  it('tells partitions of several topics apart', () => {
    const frontier = new Frontier();
    frontier.begin('oldest', false);
    frontier.take(at(0, 1, 'a'));
    frontier.take(at(0, 7, 'b'));
    frontier.take(end({ next: { a: { 0: 5 }, b: { 0: 8 } } }));
    expect(frontier.edgesOf('newer')).toEqual([
      { topic: 'a', partition: 0, offset: 5 },
      { topic: 'b', partition: 0, offset: 8 },
    ]);
  });

  it('counts what lies beyond at both ends', () => {
    const frontier = new Frontier();
    frontier.begin('newest', false);
    expect(frontier.unread(progress())).toEqual({ older: null, newer: null });
    frontier.take(progress(90, 95));
    frontier.take(progress(60, 50));
    expect(frontier.unread(progress(60, 50))).toEqual({ older: 110, newer: 15 });
    expect(frontier.unread({ ...progress(60, 50), remaining: 4 })).toEqual({ older: 4, newer: 15 });
  });
});
