import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { answerMemory, giveBackMemoryOf } from './answer-memory.ts';

const MB = 1024 * 1024;

beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());

it('gives memory that was given back to the next who needs about as much', () => {
  const first = answerMemory(MB);
  expect(first).toHaveLength(MB);
  giveBackMemoryOf(first.subarray(100, 200));
  expect(answerMemory(MB / 4).buffer).not.toBe(first.buffer);
  const next = answerMemory(MB - 5000);
  expect(next.buffer).toBe(first.buffer);
  expect(next).toHaveLength(MB - 5000);
});

it('gives nothing to two, though it is given back twice or was never given', () => {
  const once = answerMemory(3 * MB);
  giveBackMemoryOf(once);
  giveBackMemoryOf(once);
  giveBackMemoryOf(Buffer.alloc(3 * MB));
  expect(answerMemory(3 * MB).buffer).toBe(once.buffer);
  expect(answerMemory(3 * MB).buffer).not.toBe(once.buffer);
});

it('keeps no more than 64 MB, and not for long', () => {
  const blocks = [1, 2, 3, 4, 5].map(() => answerMemory(15 * MB));
  for (const block of blocks) giveBackMemoryOf(block);
  const again = [1, 2, 3, 4, 5].map(() => answerMemory(15 * MB).buffer);
  expect(again.filter((buffer) => blocks.some((block) => block.buffer === buffer))).toHaveLength(4);
  const one = answerMemory(7 * MB);
  giveBackMemoryOf(one);
  vi.advanceTimersByTime(6000);
  expect(answerMemory(7 * MB).buffer).not.toBe(one.buffer);
});
