import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeReplicas } from './placement.ts';

function brokersOf(...racks: (string | null)[]) {
  return racks.map((rack, index) => ({ id: index + 1, rack, fenced: false }));
}

function count<T>(items: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

test('replicas of a partition are on different brokers, and spread over as many racks as there are', () => {
  const arbitrary = fc.record({
    racks: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 9 }),
    partitions: fc.integer({ min: 1, max: 40 }),
    factor: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(arbitrary, ({ racks, partitions, factor }) => {
      const brokers = brokersOf(...racks);
      const replicationFactor = Math.min(factor, brokers.length);
      for (const replicas of placeReplicas(brokers, partitions, replicationFactor)) {
        expect(new Set(replicas).size).toBe(replicationFactor);
        const rackCount = new Set(replicas.map((id) => racks[id - 1])).size;
        expect(rackCount).toBe(Math.min(replicationFactor, new Set(racks).size));
      }
    }),
  );
});

test.each([
  ['no racks', brokersOf(null, null, null)],
  ['a rack each', brokersOf('a', 'b', 'c')],
  ['two racks of three', brokersOf('a', 'a', 'a', 'b', 'b', 'b')],
])('leaders and replicas are even with %s', (_, brokers) => {
  const placed = placeReplicas(brokers, brokers.length * 10, 2);
  for (const leaders of count(placed.map(([leader]) => leader)).values()) expect(leaders).toBe(10);
  for (const replicas of count(placed.flat()).values())
    expect(Math.abs(replicas - 20)).toBeLessThanOrEqual(10);
});

test('a fenced broker comes last, and only when it is needed', () => {
  const brokers = brokersOf('a', 'b', 'c').map((broker) => ({ ...broker, fenced: broker.id === 2 }));
  for (const replicas of placeReplicas(brokers, 10, 2)) expect(replicas).not.toContain(2);
  for (const replicas of placeReplicas(brokers, 10, 3)) expect(replicas[2]).toBe(2);
});

test('the start is random', () => {
  const brokers = brokersOf('a', 'b', 'c');
  const firsts = [0, 1, 2].map((start) => placeReplicas(brokers, 1, 1, (bound) => start % bound)[0]![0]);
  expect(new Set(firsts).size).toBe(3);
});
