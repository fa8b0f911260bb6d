import { describe, expect, it } from 'vitest';
import { type ReassignRequest, reassign } from '../../lib/kafka/assignment/reassign.ts';
import { reassignApart } from './reassign-apart.ts';

function onTwoBrokers(partitionCount: number): ReassignRequest {
  const partitions = Array.from({ length: partitionCount }, (_, partition) => ({
    partition,
    leader: 1,
    leaderEpoch: 0,
    replicas: [1, 2],
    isr: [1, 2],
  }));
  return {
    topics: [{ name: 'orders', partitions }],
    brokers: [1, 2, 3].map((id) => ({ id, rack: null, isAlive: true })),
    rackAware: false,
    strategy: 'minimal-movement',
  };
}

describe('reassignApart', () => {
  it('plans the same in a thread of its own as here', async () => {
    const request = onTwoBrokers(3000);
    expect(await reassignApart(request)).toEqual(reassign(request));
  });

  it('lets others work meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await reassignApart(onTwoBrokers(20_000));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  it.each([10, 3000])('rejects what cannot be planned (%i partitions)', async (partitionCount) => {
    const request = { ...onTwoBrokers(partitionCount), replicationFactor: 4 };
    await expect(reassignApart(request)).rejects.toThrow('only 3 brokers are chosen');
  });
});
