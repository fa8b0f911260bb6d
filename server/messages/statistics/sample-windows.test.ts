import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OffsetWindows, sizeOf } from '../offset-windows.ts';
import { sampleWindows } from './sample-windows.ts';

const range = fc
  .tuple(fc.nat({ max: 1000 }), fc.oneof(fc.constant(0), fc.nat({ max: 50 }), fc.nat({ max: 1_000_000 })))
  .map(([start, size]) => ({ start, end: start + size }));
const totalOf = (windows: readonly { start: number; end: number }[]) =>
  windows.reduce((sum, { start, end }) => sum + end - start, 0);

describe('windows of a sample', () => {
  it('are as many offsets as were asked for, or all, each once and within its partition', () => {
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 30 }),
        fc.integer({ min: 1, max: 200_000 }),
        (ranges, sample) => {
          const windows = sampleWindows(ranges, sample, 60);
          if (totalOf(ranges) <= sample) {
            expect(windows).toBeNull();
            return;
          }
          expect(totalOf(windows!.flat())).toBe(sample);
          for (const [index, some] of windows!.entries()) {
            let before = ranges[index]!.start;
            for (const { start, end } of some) {
              expect(start).toBeGreaterThanOrEqual(before);
              expect(end).toBeGreaterThan(start);
              before = end;
            }
            expect(before).toBeLessThanOrEqual(Math.max(ranges[index]!.start, ranges[index]!.end));
          }
        },
      ),
    );
  });

  it('are spread over all of each partition, by its size', () => {
    const ranges = [
      { start: 0, end: 9_000_000 },
      { start: 500, end: 1_000_500 },
      { start: 7, end: 7 },
    ];
    const [large, small, empty] = sampleWindows(ranges, 100_000, 60)!;
    expect(totalOf(large!)).toBe(90_000);
    expect(totalOf(small!)).toBe(10_000);
    expect(empty).toEqual([]);
    expect(large!.length + small!.length).toBe(360);
    const gaps = large!.slice(1).map(({ start }, index) => start - large![index]!.start);
    const space = 9_000_000 / large!.length;
    expect(Math.min(...gaps)).toBeGreaterThan(space - 3);
    expect(Math.max(...gaps)).toBeLessThan(space + 3);
    expect(sampleWindows(ranges, 100_000, 60)).toEqual([large, small, empty]);
  });

  it('take all where nothing less is asked for', () => {
    expect(sampleWindows([{ start: 0, end: 10 }], null, 60)).toBeNull();
    expect(sampleWindows([{ start: 0, end: 10 }], 10, 60)).toBeNull();
    expect(sampleWindows([], 10, 60)).toBeNull();
  });
});

describe('offsets in windows', () => {
  it('are found, and counted from anywhere', () => {
    const some = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.integer({ min: 1, max: 6 })), { maxLength: 10 });
    fc.assert(
      fc.property(some, fc.nat({ max: 130 }), (steps, offset) => {
        let at = 0;
        const list = steps.map(([gap, length]) => {
          const start = at + gap;
          at = start + length;
          return { start, end: at };
        });
        const all = list.flatMap(({ start, end }) =>
          Array.from({ length: end - start }, (_, step) => start + step),
        );
        const windows = new OffsetWindows(list);
        expect(windows.next(offset)).toBe(all.find((one) => one >= offset) ?? null);
        expect(windows.countFrom(offset)).toBe(all.filter((one) => one >= offset).length);
        expect(sizeOf({ start: 0, end: 1000, windows: list })).toBe(all.length);
      }),
    );
  });
});
