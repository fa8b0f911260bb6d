import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combineBatches, type StateBatch } from './share-state.ts';

const batches = fc.array(
  fc
    .record({
      firstOffset: fc.integer({ min: 0, max: 30 }),
      length: fc.integer({ min: 0, max: 8 }),
      deliveryState: fc.constantFrom(0, 2, 4),
      deliveryCount: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ length, ...rest }): StateBatch => ({ ...rest, lastOffset: rest.firstOffset + length })),
  { maxLength: 6 },
);

/** The state of each offset, one by one. */
function painted(all: readonly StateBatch[], startOffset: number): Map<number, string> {
  const states = new Map<number, string>();
  for (const { firstOffset, lastOffset, deliveryState, deliveryCount } of all) {
    for (let offset = firstOffset; offset <= lastOffset; offset += 1) {
      if (offset >= startOffset) states.set(offset, `${deliveryState}x${deliveryCount}`);
    }
  }
  return states;
}

test('later batches cover earlier ones, offset by offset', () => {
  fc.assert(
    fc.property(batches, batches, fc.integer({ min: 0, max: 20 }), (earlier, later, startOffset) => {
      const before = combineBatches([], earlier, startOffset);
      const combined = combineBatches(before, later, startOffset);
      const expected = painted([...earlier, ...later], startOffset);
      const actual = painted(combined, startOffset);
      expect(new Map([...actual].sort())).toEqual(new Map([...expected].sort()));
      combined.slice(1).forEach((batch, index) => {
        const last = combined[index]!;
        expect(batch.firstOffset).toBeGreaterThan(last.lastOffset);
        const continues = batch.firstOffset === last.lastOffset + 1;
        const isSame =
          batch.deliveryState === last.deliveryState && batch.deliveryCount === last.deliveryCount;
        expect(continues && isSame).toBe(false);
      });
    }),
  );
});
