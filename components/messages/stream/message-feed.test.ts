import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../../lib/contract/failure.ts';
import type { Message, MessageEnd, MessageLine, MessageProgress } from '../../../lib/contract/messages.ts';
import { spoken } from '../../../lib/contract/sentence.ts';
import { MessageFeed } from './message-feed.ts';

function message(offset: number, partition = 0): Message {
  return {
    type: 'message',
    partition,
    offset,
    timestamp: null,
    timestampType: 'none',
    key: null,
    value: null,
    headers: [],
    compression: 'none',
    isTransactional: false,
    size: 0,
  };
}

const END: MessageEnd = {
  type: 'end',
  reason: 'limit',
  scanned: 2,
  matched: 2,
  sent: 2,
  nextFrom: { 0: 2 },
  problems: [],
};

const PROGRESS: MessageProgress = {
  type: 'progress',
  scanned: 0,
  matched: 0,
  sent: 0,
  bytes: 100,
  elapsedMs: 20,
  remaining: 6,
  partitions: [{ partition: 0, position: 6, remaining: 6, logStartOffset: 0, logEndOffset: 10 }],
};

/** A stream one can push lines into, and see how far it was read. */
function pipe() {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    cancel() {
      cancelled = true;
    },
  });
  const encoder = new TextEncoder();
  return {
    stream,
    isCancelled: () => cancelled,
    unread: () => -(controller.desiredSize ?? 0) + 1,
    push: (...lines: MessageLine[]) => {
      for (const line of lines) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
    },
    close: () => controller.close(),
    fail: () => controller.error(new TypeError('network error')),
  };
}

const settle = () => vi.advanceTimersByTimeAsync(200);
const offsets = (feed: MessageFeed) => feed.getSnapshot().messages.map((each) => each.offset);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('MessageFeed', () => {
  it('reads to the end line', async () => {
    const feed = new MessageFeed();
    const source = pipe();
    feed.start(async () => source.stream);
    expect(feed.getSnapshot().state).toBe('connecting');
    source.push(message(0), message(1), END);
    source.close();
    await settle();
    expect(offsets(feed)).toEqual([0, 1]);
    expect(feed.getSnapshot()).toMatchObject({ state: 'ended', end: END, failure: null });
  });

  it('tells its subscribers a few times a second, however many messages arrive', async () => {
    const feed = new MessageFeed();
    const source = pipe();
    feed.start(async () => source.stream);
    await settle();
    const listener = vi.fn();
    feed.subscribe(listener);
    source.push(...Array.from({ length: 500 }, (_, offset) => message(offset)));
    await settle();
    expect(offsets(feed)).toHaveLength(500);
    expect(listener.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it('keeps the newest when more arrive than it may hold, and says how many went', async () => {
    const feed = new MessageFeed({ capacity: 10 });
    const source = pipe();
    feed.start(async () => source.stream);
    source.push(...Array.from({ length: 35 }, (_, offset) => message(offset)));
    await settle();
    expect(offsets(feed).at(-1)).toBe(34);
    expect(offsets(feed).length).toBeLessThanOrEqual(11);
    expect(feed.getSnapshot().dropped + offsets(feed).length).toBe(35);
  });

  it('counts what arrives in a pause and shows it on resume', async () => {
    const feed = new MessageFeed();
    const source = pipe();
    feed.start(async () => source.stream);
    source.push(message(0));
    await settle();
    feed.pause();
    source.push(message(1), message(2));
    await settle();
    expect(offsets(feed)).toEqual([0]);
    expect(feed.getSnapshot()).toMatchObject({ state: 'paused', waiting: 2 });
    feed.resume();
    expect(offsets(feed)).toEqual([0, 1, 2]);
    expect(feed.getSnapshot()).toMatchObject({ state: 'reading', waiting: 0 });
  });

  it('holds the stream back when too many wait, and goes on without losing one', async () => {
    const feed = new MessageFeed({ waitingCapacity: 3 });
    const source = pipe();
    feed.start(async () => source.stream);
    await settle();
    feed.pause();
    source.push(...Array.from({ length: 10 }, (_, offset) => message(offset)));
    await settle();
    expect(feed.getSnapshot()).toMatchObject({ waiting: 3, isHeldBack: true });
    expect(source.unread()).toBeGreaterThan(0);
    feed.resume();
    await settle();
    expect(offsets(feed)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('stops: leaves the stream, keeps and shows what has come', async () => {
    const feed = new MessageFeed();
    const source = pipe();
    feed.start(async (signal) => {
      signal.addEventListener('abort', () => source.fail());
      return source.stream;
    });
    source.push(message(0));
    await settle();
    feed.pause();
    source.push(message(1));
    await settle();
    feed.stop();
    await settle();
    expect(offsets(feed)).toEqual([0, 1]);
    expect(feed.getSnapshot()).toMatchObject({ state: 'stopped', failure: null });
  });

  it('adds to what is there when it goes on, and forgets it when it starts anew', async () => {
    const feed = new MessageFeed();
    const first = pipe();
    feed.start(async () => first.stream);
    first.push(message(0), END);
    first.close();
    await settle();
    const second = pipe();
    feed.start(async () => second.stream, { keep: true });
    second.push(message(1));
    await settle();
    expect(offsets(feed)).toEqual([0, 1]);
    feed.start(async () => pipe().stream);
    await settle();
    expect(offsets(feed)).toEqual([]);
  });

  it('goes on from where it was, without the messages it has already, and counts on', async () => {
    const feed = new MessageFeed();
    const first = pipe();
    feed.start(async () => first.stream, { direction: 'newest' });
    first.push(message(9), message(7), { ...PROGRESS, scanned: 5, matched: 2 });
    await settle();
    expect(feed.edgesOf('older')).toEqual([{ partition: 0, offset: 6 }]);
    feed.stop();
    const second = pipe();
    feed.start(async () => second.stream, { direction: 'newest', keep: true });
    second.push(message(7), message(4), { ...PROGRESS, scanned: 3, matched: 2, elapsedMs: 30 });
    await settle();
    expect(offsets(feed)).toEqual([9, 7, 4]);
    expect(feed.getSnapshot().totals).toEqual({ scanned: 8, matched: 4, bytes: 200, elapsedMs: 50 });
    feed.start(async () => pipe().stream);
    expect(feed.edgesOf('older')).toEqual([]);
    expect(feed.getSnapshot().totals.scanned).toBe(0);
  });

  it('keeps its counts when the server ends a broken stream with a line that has none', async () => {
    const feed = new MessageFeed();
    const source = pipe();
    feed.start(async () => source.stream);
    source.push(
      { ...PROGRESS, scanned: 5, matched: 2 },
      { ...END, reason: 'failed', scanned: 0, matched: 0 },
    );
    source.close();
    await settle();
    expect(feed.getSnapshot().totals).toMatchObject({ scanned: 5, matched: 2 });
  });

  it('ignores a stream that was replaced before it opened', async () => {
    const feed = new MessageFeed();
    const late = pipe();
    let open: (stream: ReadableStream<Uint8Array>) => void = () => undefined;
    feed.start(
      () =>
        new Promise((resolve) => {
          open = resolve;
        }),
    );
    const next = pipe();
    feed.start(async () => next.stream);
    open(late.stream);
    late.push(message(7));
    next.push(message(8));
    await settle();
    expect(offsets(feed)).toEqual([8]);
    expect(late.isCancelled()).toBe(true);
  });

  it('fails with the reason of a refused request', async () => {
    const feed = new MessageFeed();
    feed.start(async () => {
      throw new Failure('not_found', spoken('There is no topic nope'));
    });
    await settle();
    expect(feed.getSnapshot().state).toBe('failed');
    expect(feed.getSnapshot().failure?.code).toBe('not_found');
  });

  it('says so when a stream breaks off or ends without an end line', async () => {
    for (const finish of ['fail', 'close'] as const) {
      const feed = new MessageFeed();
      const source = pipe();
      feed.start(async () => source.stream);
      source.push(message(0));
      await settle();
      source[finish]();
      await settle();
      expect(offsets(feed)).toEqual([0]);
      expect(feed.getSnapshot().state).toBe('failed');
      expect(feed.getSnapshot().failure?.code).toBe('unavailable');
    }
  });

  it('keeps the identity of the messages while only progress changes', async () => {
    const feed = new MessageFeed();
    const source = pipe();
    feed.start(async () => source.stream);
    source.push(message(0));
    await settle();
    const before = feed.getSnapshot().messages;
    source.push({
      type: 'progress',
      scanned: 5,
      matched: 0,
      sent: 1,
      bytes: 0,
      elapsedMs: 0,
      remaining: 0,
      partitions: [],
    });
    await settle();
    expect(feed.getSnapshot().progress?.scanned).toBe(5);
    expect(feed.getSnapshot().messages).toBe(before);
  });
});
