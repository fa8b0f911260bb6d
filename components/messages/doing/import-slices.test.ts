import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendingEnd } from '../../../lib/contract/sending.ts';
import { addedEnds } from './import-job.ts';
import { firstSlice, slicesOf } from './import-slices.ts';

describe('pieces of a file', () => {
  it('are all of it, each ending with a line, each knowing its first one', async () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', '안', ' '), maxLength: 12 }), {
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 30 }), async (texts, size) => {
        const whole = texts.join('\n');
        const file = new Blob([whole]);
        let joined = '';
        let upTo = 0;
        for await (const slice of slicesOf(file, size)) {
          expect(slice.firstLine).toBe(joined.split('\n').length);
          joined += await slice.blob.text();
          upTo = slice.upTo;
          expect(joined.endsWith('\n') || joined.length === whole.length).toBe(true);
        }
        expect(joined).toBe(whole);
        expect(upTo).toBe(file.size);
      }),
    );
  });

  it('begin with whole lines, at least one', async () => {
    const file = new Blob(['first line\nsecond\nthird\n']);
    expect(await (await firstSlice(file, 20)).text()).toBe('first line\nsecond\n');
    expect(await (await firstSlice(file, 3)).text()).toBe('first line\n');
  });
});

describe('the ends of two pieces', () => {
  const end = (change: Partial<SendingEnd>): SendingEnd => ({
    type: 'end',
    reason: 'done',
    given: 2,
    acknowledged: 2,
    refused: 0,
    unsent: 0,
    unknown: 0,
    bytes: 10,
    elapsedMs: 5,
    settledUpTo: 2,
    ranges: [{ topic: 't', partition: 0, firstOffset: 4, lastOffset: 5, count: 2 }],
    failures: [],
    problems: [],
    ...change,
  });

  it('are one that says what the second says of how it ended', () => {
    const second = end({
      reason: 'failed',
      given: 3,
      acknowledged: 1,
      refused: 1,
      unsent: 1,
      settledUpTo: 4,
      next: { line: 6 },
      ranges: [
        { topic: 't', partition: 0, firstOffset: 9, lastOffset: 9, count: 1 },
        { topic: 't', partition: 1, firstOffset: 0, lastOffset: 0, count: 1 },
      ],
    });
    expect(addedEnds(end({}), second)).toMatchObject({
      reason: 'failed',
      given: 5,
      acknowledged: 3,
      refused: 1,
      unsent: 1,
      bytes: 20,
      settledUpTo: 4,
      next: { line: 6 },
      ranges: [
        { partition: 0, firstOffset: 4, lastOffset: 9, count: 3 },
        { partition: 1, count: 1 },
      ],
    });
  });
});
