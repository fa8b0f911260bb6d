import { describe, expect, it } from 'vitest';
import { brokerLoads, movesOf } from './moves.ts';

const target = (partition: number, ...replicas: number[]) => ({ topic: 't', partition, replicas });

describe('movesOf', () => {
  const before = [
    [1, 2],
    [2, 3],
    [3, 1],
  ];
  const replicasOf = (_: string, partition: number) => before[partition]!;

  it('leaves out what stays', () => {
    expect(movesOf([target(0, 1, 2), target(1, 2, 3)], replicasOf)).toEqual([]);
  });

  it('tells what is copied and what is deleted', () => {
    expect(movesOf([target(1, 4, 2)], replicasOf)).toEqual([
      { topic: 't', partition: 1, before: [2, 3], after: [4, 2], added: [4], removed: [3] },
    ]);
  });

  it('counts another order as a change that copies nothing', () => {
    expect(movesOf([target(0, 2, 1)], replicasOf)).toMatchObject([{ added: [], removed: [] }]);
  });
});

describe('brokerLoads', () => {
  it('counts replicas and preferred leaders before and after', () => {
    expect(brokerLoads([target(0, 1, 2)], [target(0, 3, 1)], [1, 2, 3, 4])).toEqual([
      { broker: 1, replicasBefore: 1, replicasAfter: 1, leadersBefore: 1, leadersAfter: 0 },
      { broker: 2, replicasBefore: 1, replicasAfter: 0, leadersBefore: 0, leadersAfter: 0 },
      { broker: 3, replicasBefore: 0, replicasAfter: 1, leadersBefore: 0, leadersAfter: 1 },
      { broker: 4, replicasBefore: 0, replicasAfter: 0, leadersBefore: 0, leadersAfter: 0 },
    ]);
  });

  it('names brokers that nobody listed', () => {
    expect(brokerLoads([target(0, 9)], [target(0, 1)], [1]).map(({ broker }) => broker)).toEqual([1, 9]);
  });
});
