import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASH_END, hashOf } from './content-hash.ts';
import { DistinctCount } from './distinct-count.ts';
import { SizeSketch } from './size-sketch.ts';
import { TopCounts } from './top-counts.ts';

const hashOfText = (text: string) => hashOf(Buffer.from(text));
const hashes = (count: number, name = 'h') =>
  Array.from({ length: count }, (_, index) => hashOfText(`${name}-${index}`));

describe('hashes', () => {
  it('tell contents apart that differ in anything', () => {
    const contents: (string | null)[] = [null, '', '\0', '\0\0', 'a', 'b', 'aa', 'abcd', 'abcde', 'abcd\0'];
    const all = contents.flatMap((one) =>
      contents.map((other) => {
        const bytesOf = (text: string | null) => (text === null ? null : Buffer.from(text));
        return hashOf(bytesOf(other), hashOf(bytesOf(one)));
      }),
    );
    expect(new Set(all).size).toBe(contents.length ** 2);
  });

  it('are spread over all of 53 bits', () => {
    const all = hashes(20_000);
    expect(new Set(all).size).toBe(all.length);
    for (let bit = 0; bit < 53; bit++) {
      const set = all.filter((hash) => Math.floor(hash / 2 ** bit) % 2 === 1).length;
      // Five standard deviations of so many throws of a coin.
      expect(Math.abs(set - 10_000), `bit ${bit}`).toBeLessThan(5 * Math.sqrt(5000));
    }
    expect(all.every((hash) => Number.isInteger(hash) && hash >= 0 && hash < HASH_END)).toBe(true);
  });
});

describe('sizes', () => {
  const size = fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 5000 }), fc.nat({ max: 2 ** 31 - 1 }));
  const sketchOf = (sizes: readonly number[]) => {
    const sketch = new SizeSketch();
    for (const one of sizes) sketch.add(one);
    return sketch;
  };

  it('give percentiles within their relative error', () => {
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 300 }), (sizes) => {
        const told = sketchOf(sizes).tell();
        const sorted = sizes.toSorted((one, other) => one - other);
        for (const [share, estimate] of [
          [0.5, told.p50],
          [0.9, told.p90],
          [0.99, told.p99],
        ] as const) {
          const exact = sorted[Math.floor(share * (sorted.length - 1))]!;
          expect(Math.abs(estimate! - exact)).toBeLessThanOrEqual(exact * told.relativeError * 1.000001);
        }
        expect(told).toMatchObject({ count: sizes.length, min: sorted[0], max: sorted.at(-1) });
      }),
    );
  });

  it('are the same merged as gathered together, and counted by powers of two', () => {
    fc.assert(
      fc.property(fc.array(size), fc.array(size), (one, other) => {
        const merged = sketchOf(one);
        merged.merge(structuredClone(sketchOf(other).state));
        expect(merged.tell()).toEqual(sketchOf([...one, ...other]).tell());
        const { powersOfTwo, count } = merged.tell();
        expect(powersOfTwo.reduce((sum, power) => sum + power.count, 0)).toBe(count);
        for (const { from, to, count: within } of powersOfTwo) {
          expect([...one, ...other].filter((size) => size >= from && size < to)).toHaveLength(within);
        }
      }),
    );
  });

  it('are unknown where there are none', () => {
    expect(new SizeSketch().tell()).toMatchObject({
      count: 0,
      min: null,
      mean: null,
      p50: null,
      powersOfTwo: [],
    });
  });
});

describe('distinct ones', () => {
  const countOf = (all: readonly number[]) => {
    const distinct = new DistinctCount();
    for (const hash of all) distinct.add(hash);
    return distinct;
  };

  it('are counted exactly while they are few', () => {
    const few = hashes(2048);
    expect(countOf([...few, ...few]).tell()).toEqual({ estimate: 2048, isExact: true, relativeError: 0 });
  });

  it.each([2049, 5000, 20_000, 100_000, 400_000])(
    'are estimated within five standard errors: %i',
    (count) => {
      const { estimate, isExact, relativeError } = countOf(hashes(count)).tell();
      expect(isExact).toBe(false);
      expect(relativeError).toBeCloseTo(1.04 / Math.sqrt(2 ** 14));
      expect(Math.abs(estimate - count) / count).toBeLessThan(5 * relativeError);
    },
  );

  it.each([
    [100, 200],
    [2000, 2000],
    [100, 30_000],
    [30_000, 100],
    [20_000, 20_000],
  ])('are the same merged as gathered together: %i and %i', (one, other) => {
    // A third of them are in both.
    const all = hashes(one + other);
    const [left, right] = [all.slice(0, one), all.slice(Math.floor((one * 2) / 3))];
    const merged = countOf(left);
    merged.merge(structuredClone(countOf(right).state));
    expect(merged.tell()).toEqual(countOf([...left, ...right]).tell());
  });
});

describe('the most frequent ones', () => {
  /** Some are frequent, most are not. */
  const item = fc.oneof(
    { weight: 2, arbitrary: fc.nat({ max: 3 }) },
    { weight: 1, arbitrary: fc.nat({ max: 200 }) },
  );
  const stream = fc.array(item, { maxLength: 400 });
  const add = (top: TopCounts, items: readonly number[]) => {
    for (const one of items) top.add(hashOfText(`${one}`), () => `${one}`);
    return top;
  };
  const countsOf = (items: readonly number[]) => {
    const counts = new Map<string, number>();
    for (const one of items) counts.set(`${one}`, (counts.get(`${one}`) ?? 0) + 1);
    return counts;
  };

  function expectBounds(top: TopCounts, items: readonly number[], capacity: number): void {
    const counts = countsOf(items);
    const entries = top.state;
    expect(entries.length).toBe(Math.min(capacity, counts.size));
    for (const { label, count, error } of entries) {
      expect(count).toBeGreaterThanOrEqual(counts.get(label)!);
      expect(count - error).toBeLessThanOrEqual(counts.get(label)!);
      expect(error).toBeLessThanOrEqual(items.length / capacity);
    }
    // Whoever is more frequent than the error allows is there.
    const known = new Set(entries.map(({ label }) => label));
    for (const [label, count] of counts) {
      if (count > items.length / capacity) expect(known.has(label), label).toBe(true);
    }
  }

  it('are within their error', () => {
    fc.assert(
      fc.property(stream, fc.integer({ min: 1, max: 20 }), (items, capacity) => {
        expectBounds(add(new TopCounts(capacity), items), items, capacity);
      }),
    );
  });

  it('stay within it however often they are merged, and counted on', () => {
    fc.assert(
      fc.property(
        fc.array(stream, { maxLength: 5 }),
        stream,
        fc.integer({ min: 1, max: 20 }),
        (parts, rest, capacity) => {
          const merged = new TopCounts(capacity);
          for (const part of parts) merged.merge(structuredClone(add(new TopCounts(capacity), part).state));
          add(merged, rest);
          expectBounds(merged, [...parts.flat(), ...rest], capacity);
        },
      ),
    );
  });

  it('are exact while there are no more than counters', () => {
    const merged = add(new TopCounts(10), [1, 2, 2, 3]);
    merged.merge(add(new TopCounts(10), [3, 3, 4]).state);
    expect(merged.top(3).map(({ label, count, error }) => [label, count, error])).toEqual(
      expect.arrayContaining([
        ['3', 3, 0],
        ['2', 2, 0],
      ]),
    );
  });

  it('have short names, however long they are', () => {
    const top = new TopCounts(2);
    top.add(1, () => 'x'.repeat(1_000_000));
    top.add(2, () => `${'y'.repeat(199)}😀`);
    const labels = top.top(2).map(({ label, isTruncated }) => [label.length, isTruncated]);
    expect(labels).toEqual([
      [200, true],
      [200, true],
    ]);
    expect(top.top(2).every(({ label }) => label.isWellFormed())).toBe(true);
  });
});
