import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message, MessageEnd, MessageProgress } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { messageLines } from './message-lines.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const message = (offset: number) => ({
  timestamp: -1,
  message: { type: 'message', offset } as Unspoken<Message>,
});
const progress = (): Unspoken<MessageProgress> => ({
  type: 'progress',
  scanned: 0,
  matched: 0,
  sent: 0,
  bytes: 0,
  elapsedMs: 0,
  remaining: 0,
  partitions: [],
});
const end = (error: unknown): Unspoken<MessageEnd> => ({
  type: 'end',
  reason: error ? 'failed' : 'limit',
  scanned: 0,
  matched: 0,
  sent: 0,
  nextFrom: {},
  problems: [],
});

function collect(messages: AsyncGenerator<ReturnType<typeof message>, void>) {
  const types: string[] = [];
  const done = (async () => {
    for await (const line of messageLines({ messages, progress, end })) {
      types.push(line.type === 'end' ? `end ${line.reason}` : line.type);
    }
  })();
  return { types, done };
}

describe('messageLines', () => {
  it('begins and ends with progress', async () => {
    async function* two() {
      yield message(0);
      yield message(1);
    }
    const { types, done } = collect(two());
    await done;
    expect(types).toEqual(['progress', 'message', 'message', 'progress', 'end limit']);
  });

  it('tells progress every second while nothing comes', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    async function* slow() {
      yield message(0);
      await promise;
      yield message(1);
    }
    const { types, done } = collect(slow());
    await vi.advanceTimersByTimeAsync(3000);
    expect(types).toEqual(['progress', 'message', 'progress', 'progress', 'progress']);
    resolve();
    await done;
    expect(types.slice(5)).toEqual(['message', 'progress', 'end limit']);
  });

  it('ends with what went wrong', async () => {
    async function* broken() {
      yield message(0);
      throw new Error('gone');
    }
    const { types, done } = collect(broken());
    await done;
    expect(types.at(-1)).toBe('end failed');
  });

  it('leaves no timer behind', async () => {
    async function* none() {}
    const { done } = collect(none());
    await done;
    expect(vi.getTimerCount()).toBe(0);
  });
});
