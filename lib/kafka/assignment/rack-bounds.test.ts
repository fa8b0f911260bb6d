import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rackBounds } from './rack-bounds.ts';

describe('rackBounds', () => {
  it('puts each replica in its own rack while there are enough', () => {
    expect(rackBounds([2, 2, 2], 2)).toEqual(Array(3).fill({ least: 0, most: 1 }));
    expect(rackBounds([2, 2, 2], 3)).toEqual(Array(3).fill({ least: 1, most: 1 }));
  });

  it('gives second ones only when every rack has a first', () => {
    expect(rackBounds([3, 3], 3)).toEqual(Array(2).fill({ least: 1, most: 2 }));
  });

  it('fills small racks up and leaves the rest to large ones', () => {
    expect(rackBounds([1, 2, 4], 4)).toEqual([
      { least: 1, most: 1 },
      { least: 1, most: 2 },
      { least: 1, most: 2 },
    ]);
    expect(rackBounds([1, 4], 4)).toEqual([
      { least: 1, most: 1 },
      { least: 3, most: 3 },
    ]);
  });

  it('bears one rack', () => {
    expect(rackBounds([5], 3)).toEqual([{ least: 3, most: 3 }]);
  });

  it('always leaves room for exactly the replicas there are', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.nat(20), (racks, extra) => {
        const brokers = racks.reduce((sum, size) => sum + size, 0);
        const replicationFactor = 1 + (extra % brokers);
        const bounds = rackBounds(racks, replicationFactor);
        const least = bounds.reduce((sum, bound) => sum + bound.least, 0);
        const most = bounds.reduce((sum, bound) => sum + bound.most, 0);
        expect(least).toBeLessThanOrEqual(replicationFactor);
        expect(most).toBeGreaterThanOrEqual(replicationFactor);
        for (const [rack, bound] of bounds.entries()) {
          expect(bound.most - bound.least).toBeLessThanOrEqual(1);
          expect(bound.most).toBeLessThanOrEqual(racks[rack]!);
        }
      }),
    );
  });
});
