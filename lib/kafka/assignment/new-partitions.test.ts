import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignNewPartitions } from './new-partitions.ts';

const racks = (...names: (string | null)[]) => names.map((rack, index) => ({ id: index + 1, rack }));
const spread = (lists: number[][], ids: number[], pick: (list: number[]) => number[]) => {
  const all = lists.flatMap(pick);
  const counts = ids.map((id) => all.filter((one) => one === id).length);
  return Math.max(...counts) - Math.min(...counts);
};
const existing = (lists: number[][]) =>
  lists.map((replicas, partition) => ({ partition, leader: replicas[0]!, replicas, isr: replicas }));

describe('assignNewPartitions', () => {
  it('stripes a new topic over brokers and racks', () => {
    const lists = assignNewPartitions({
      brokers: racks('a', 'a', 'b', 'b', 'c', 'c'),
      existing: [],
      count: 6,
      replicationFactor: 3,
      rackAware: true,
    });
    const rackOf = ['a', 'a', 'b', 'b', 'c', 'c'];
    for (const list of lists) expect(new Set(list.map((id) => rackOf[id - 1])).size).toBe(3);
    expect(spread(lists, [1, 2, 3, 4, 5, 6], (list) => list)).toBe(0);
    expect(lists.map(([leader]) => leader).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('puts partitions that are added where the topic has least', () => {
    const lists = assignNewPartitions({
      brokers: racks(null, null, null),
      existing: existing([[1], [1], [2]]),
      count: 3,
      replicationFactor: 1,
      rackAware: true,
    });
    expect(lists.flat().sort()).toEqual([2, 3, 3]);
  });

  it('does not mind existing replicas on brokers that are not chosen', () => {
    const lists = assignNewPartitions({
      brokers: racks(null, null),
      existing: existing([[9, 8]]),
      count: 2,
      replicationFactor: 2,
      rackAware: true,
    });
    expect(lists.map((list) => [...list].sort())).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(lists[0]![0]).not.toBe(lists[1]![0]);
  });

  it('refuses more replicas than brokers', () => {
    const request = { existing: [], count: 1, replicationFactor: 2, rackAware: true };
    expect(() => assignNewPartitions({ ...request, brokers: racks(null) })).toThrow(RangeError);
  });

  it('gives every new topic an even spread of replicas and leaders', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(8),
        (size, count, more) => {
          const replicationFactor = 1 + (more % size);
          const brokers = racks(...Array<null>(size).fill(null));
          const lists = assignNewPartitions({
            brokers,
            existing: [],
            count,
            replicationFactor,
            rackAware: true,
          });
          const ids = brokers.map(({ id }) => id);
          expect(lists).toHaveLength(count);
          for (const list of lists) expect(new Set(list).size).toBe(replicationFactor);
          expect(spread(lists, ids, (list) => list)).toBeLessThanOrEqual(1);
          expect(spread(lists, ids, (list) => list.slice(0, 1))).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
