import { describe, expect, it } from 'vitest';
import type { MessageProgress } from '../../../lib/contract/messages.ts';
import { scanFigures } from './scan-figures.ts';

const progress: MessageProgress = {
  type: 'progress',
  scanned: 3000,
  matched: 2,
  sent: 2,
  bytes: 0,
  elapsedMs: 1500,
  remaining: 1000,
  partitions: [],
};
const messages = [{}, {}] as never[];

describe('scanFigures', () => {
  it('tells rate, time left and share', () => {
    expect(scanFigures({ progress, messages }, 100)).toEqual({ rate: 2000, timeLeft: 500, share: 0.75 });
  });

  it('goes by the limit where that ends the reading first', () => {
    const nearlyFull = { progress: { ...progress, matched: 90 }, messages: Array(90).fill({}) as never[] };
    expect(scanFigures(nearlyFull, 100).share).toBe(0.9);
  });

  it('knows nothing before the first line, no rate of a moment and no share of what has no end', () => {
    expect(scanFigures({ progress: null, messages }, 100)).toEqual({
      rate: null,
      timeLeft: null,
      share: null,
    });
    expect(scanFigures({ progress: { ...progress, elapsedMs: 20 }, messages }, 100)).toMatchObject({
      rate: null,
      timeLeft: null,
    });
    expect(scanFigures({ progress: { ...progress, remaining: null }, messages }, 100)).toMatchObject({
      timeLeft: null,
      share: null,
    });
  });
});
