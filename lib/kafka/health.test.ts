import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countByBroker,
  countMinIsr,
  countPartitions,
  isAtMinIsr,
  isOffline,
  isPreferredLeader,
  isUnderMinIsr,
  isUnderReplicated,
  replicationFactorOf,
  topicSpread,
} from './health.ts';
import type { TopologyBroker, TopologyPartition } from './topology.ts';

const at = (leader: number, replicas: number[], isr = replicas, partition = 0): TopologyPartition => ({
  partition,
  leader,
  replicas,
  isr,
});
const topic = (...partitions: TopologyPartition[]) => ({
  name: 't',
  partitions: partitions.map((one, partition) => ({ ...one, partition })),
});
const alive = (...ids: number[]): TopologyBroker[] => ids.map((id) => ({ id, rack: null, isAlive: true }));

const brokerIds = [1, 2, 3, 4, 5, 6];
const anyPartition = fc
  .tuple(fc.shuffledSubarray(brokerIds), fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), fc.nat(6))
  .map(([replicas, inSync, choice]) => {
    const isr = replicas.filter((_, index) => inSync[index]);
    return at(isr[choice % Math.max(1, isr.length)] ?? -1, replicas, isr);
  });
const anyTopic = fc.array(anyPartition, { maxLength: 30 }).map((partitions) => topic(...partitions));

describe('state of a partition', () => {
  it('is led by its preferred leader when the first replica leads', () => {
    expect(isPreferredLeader(at(1, [1, 2, 3]))).toBe(true);
    expect(isPreferredLeader(at(2, [1, 2, 3]))).toBe(false);
    expect(isPreferredLeader(at(-1, [1, 2, 3], [1]))).toBe(false);
  });

  it('has no preferred leader without replicas, also when the leader is unknown', () => {
    expect(isPreferredLeader(at(-1, []))).toBe(false);
    expect(isPreferredLeader(at(-1, [-1]))).toBe(false);
  });

  it('is under-replicated when the ISR is smaller than the replicas', () => {
    expect(isUnderReplicated(at(1, [1, 2, 3], [1, 2]))).toBe(true);
    expect(isUnderReplicated(at(1, [1, 2, 3], [3, 2, 1]))).toBe(false);
    expect(isUnderReplicated(at(-1, [1], []))).toBe(true);
    expect(isUnderReplicated(at(-1, []))).toBe(false);
  });

  it('is offline without a leader', () => {
    expect(isOffline(at(-1, [1], [1]))).toBe(true);
    expect(isOffline(at(0, [0]))).toBe(false);
  });

  it('is under or at min.insync.replicas by the size of the ISR', () => {
    const partition = at(1, [1, 2, 3], [1, 2]);
    expect([1, 2, 3].map((minimum) => isUnderMinIsr(partition, minimum))).toEqual([false, false, true]);
    expect([1, 2, 3].map((minimum) => isAtMinIsr(partition, minimum))).toEqual([false, true, false]);
  });
});

describe('countPartitions', () => {
  it('counts each state', () => {
    const counts = countPartitions([at(1, [1, 2]), at(1, [2, 1]), at(2, [2, 3], [2]), at(-1, [3, 1], [])]);
    expect(counts).toEqual({
      partitionCount: 4,
      preferredLeaderCount: 2,
      preferredLeaderPercent: 50,
      underReplicatedCount: 2,
      underReplicatedPercent: 50,
      offlineCount: 1,
    });
  });

  it('finds nothing wrong with nothing', () => {
    expect(countPartitions([])).toMatchObject({
      partitionCount: 0,
      preferredLeaderPercent: 100,
      underReplicatedPercent: 0,
    });
  });

  it('gives percentages between 0 and 100, and counts add up over topics', () => {
    fc.assert(
      fc.property(anyTopic, anyTopic, (a, b) => {
        const both = countPartitions([...a.partitions, ...b.partitions]);
        const [ofA, ofB] = [countPartitions(a.partitions), countPartitions(b.partitions)];
        expect(both.preferredLeaderCount).toBe(ofA.preferredLeaderCount + ofB.preferredLeaderCount);
        expect(both.underReplicatedCount).toBe(ofA.underReplicatedCount + ofB.underReplicatedCount);
        expect(both.offlineCount).toBe(ofA.offlineCount + ofB.offlineCount);
        for (const value of [both.preferredLeaderPercent, both.underReplicatedPercent]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(100);
        }
        expect(both.preferredLeaderCount + both.offlineCount).toBeLessThanOrEqual(both.partitionCount);
      }),
    );
  });
});

describe('countMinIsr', () => {
  it('uses each topic’s own minimum', () => {
    const one = { ...topic(at(1, [1, 2, 3], [1]), at(1, [1, 2, 3], [1, 2])), name: 'one' };
    const two = { ...topic(at(1, [1, 2, 3], [1])), name: 'two' };
    expect(countMinIsr([one, two], (name) => (name === 'one' ? 2 : 1))).toEqual({
      underMinIsrCount: 1,
      atMinIsrCount: 2,
    });
  });

  it('never counts a partition both ways', () => {
    fc.assert(
      fc.property(anyTopic, fc.integer({ min: 1, max: 6 }), (one, minimum) => {
        const { underMinIsrCount, atMinIsrCount } = countMinIsr([one], () => minimum);
        const over = one.partitions.filter(({ isr }) => isr.length > minimum).length;
        expect(underMinIsrCount + atMinIsrCount + over).toBe(one.partitions.length);
      }),
    );
  });
});

describe('countByBroker', () => {
  it('tells leaders, share, replicas and what is not in sync', () => {
    const counts = countByBroker([at(1, [1, 2]), at(1, [2, 1], [1]), at(3, [3, 1])], [1, 2, 3, 4]);
    expect(counts.map(({ broker }) => broker)).toEqual([1, 2, 3, 4]);
    expect(counts[0]).toMatchObject({ leaderCount: 2, replicaCount: 3, preferredLeaderCount: 1 });
    expect(counts[0]!.leaderPercent).toBeCloseTo(66.667, 3);
    expect(counts[1]).toMatchObject({ leaderCount: 0, underReplicatedCount: 1, preferredLeaderCount: 1 });
    expect(counts[3]).toEqual({
      broker: 4,
      leaderCount: 0,
      leaderPercent: 0,
      replicaCount: 0,
      preferredLeaderCount: 0,
      underReplicatedCount: 0,
    });
  });

  it('names dead brokers that replicas name', () => {
    expect(countByBroker([at(1, [9, 1], [1])], [1]).map(({ broker }) => broker)).toEqual([1, 9]);
  });

  it('is empty for nothing, and all zero for brokers without partitions', () => {
    expect(countByBroker([])).toEqual([]);
    expect(countByBroker([], [2])[0]).toMatchObject({ leaderCount: 0, leaderPercent: 0 });
    expect(countByBroker([at(-1, [])], [])).toEqual([]);
  });

  it('adds up to all replicas, leaders and missing in-sync replicas', () => {
    fc.assert(
      fc.property(anyTopic, ({ partitions }) => {
        const counts = countByBroker(partitions);
        const sum = (pick: (one: (typeof counts)[number]) => number) =>
          counts.reduce((total, one) => total + pick(one), 0);
        expect(sum((one) => one.replicaCount)).toBe(
          partitions.reduce((n, one) => n + one.replicas.length, 0),
        );
        expect(sum((one) => one.leaderCount)).toBe(partitions.filter((one) => !isOffline(one)).length);
        expect(sum((one) => one.underReplicatedCount)).toBe(
          partitions.reduce((n, one) => n + one.replicas.length - one.isr.length, 0),
        );
        expect(sum((one) => one.preferredLeaderCount)).toBe(
          partitions.filter((one) => one.replicas.length > 0).length,
        );
      }),
    );
  });
});

describe('topicSpread', () => {
  it('is even for an even topic', () => {
    const spread = topicSpread(topic(at(1, [1, 2]), at(2, [2, 3]), at(3, [3, 1])), alive(1, 2, 3));
    expect(spread).toMatchObject({
      brokersForTopic: 3,
      brokersTotal: 3,
      brokersSpreadPercent: 100,
      brokersSkewPercent: 0,
      brokersLeaderSkewPercent: 0,
    });
    expect(spread.brokers[0]).toEqual({
      broker: 1,
      isAlive: true,
      partitionCount: 2,
      leaderCount: 1,
      isSkewed: false,
      isLeaderSkewed: false,
      partitions: [0, 2],
      leads: [0],
    });
  });

  it('finds the skewed and the leader-skewed broker', () => {
    const spread = topicSpread(
      topic(at(1, [1, 2]), at(1, [1, 3]), at(1, [1, 2]), at(1, [1, 2]), at(2, [2, 1])),
      alive(1, 2, 3),
    );
    // 5 partitions × 2 replicas on 3 brokers: at most ceil(10 / 3) = 4 replicas and ceil(5 / 3) = 2 leaders are fair.
    expect(spread.brokers.map(({ partitionCount }) => partitionCount)).toEqual([5, 4, 1]);
    expect(spread.brokers.map(({ isSkewed }) => isSkewed)).toEqual([true, false, false]);
    expect(spread.brokers.map(({ isLeaderSkewed }) => isLeaderSkewed)).toEqual([true, false, false]);
    expect(spread.brokersSkewPercent).toBeCloseTo(33.333, 3);
    expect(spread.brokersLeaderSkewPercent).toBeCloseTo(33.333, 3);
  });

  it('counts replicas on dead brokers, so that its skew stays the same', () => {
    const before = topicSpread(topic(at(1, [1, 2]), at(1, [2, 1]), at(1, [1, 3])), alive(1, 2, 3));
    const after = topicSpread(topic(at(1, [1, 2], [1]), at(1, [2, 1], [1]), at(1, [1, 3])), alive(1, 3));
    expect(after.brokersSkewPercent).toBe(before.brokersSkewPercent);
    expect(after.brokersForTopic).toBe(3);
    expect(after.brokersSpreadPercent).toBe(100);
    expect(after.brokers[1]).toMatchObject({ broker: 2, isAlive: false, partitionCount: 2, leaderCount: 0 });
  });

  it('says how few brokers hold it, of those that are alive', () => {
    expect(topicSpread(topic(at(1, [1])), alive(1, 2, 3, 4)).brokersSpreadPercent).toBe(25);
    expect(topicSpread(topic(at(1, [1, 2], [1])), alive(1, 3, 4)).brokersSpreadPercent).toBeCloseTo(
      33.333,
      3,
    );
    expect(topicSpread(topic(at(-1, [1, 2], [])), alive(3)).brokersSpreadPercent).toBe(0);
  });

  it('is never spread over more brokers than there are', () => {
    fc.assert(
      fc.property(anyTopic, fc.subarray(brokerIds), (any, ids) => {
        const { brokersSpreadPercent, brokers } = topicSpread(any, alive(...ids));
        expect(brokersSpreadPercent).toBeLessThanOrEqual(100);
        const holdsAll = ids.length > 0 && ids.every((id) => brokers.some(({ broker }) => broker === id));
        expect(brokersSpreadPercent === 100).toBe(holdsAll);
      }),
    );
  });

  it('takes brokers that are known but dead as not alive', () => {
    const brokers = [...alive(1), { id: 2, rack: null, isAlive: false }];
    expect(topicSpread(topic(at(1, [1, 2], [1])), brokers).brokersTotal).toBe(1);
  });

  it('bears a topic without partitions, without replicas, and a cluster without brokers', () => {
    const nothing = { brokersSpreadPercent: 0, brokersSkewPercent: 0, brokersLeaderSkewPercent: 0 };
    expect(topicSpread(topic(), alive(1, 2))).toMatchObject({ ...nothing, brokersForTopic: 0, brokers: [] });
    expect(topicSpread(topic(at(-1, [])), alive(1))).toMatchObject(nothing);
    expect(topicSpread(topic(at(-1, [1], [])), [])).toMatchObject({ ...nothing, brokersForTopic: 1 });
  });

  it('never calls every broker skewed, and a topic on one broker never', () => {
    fc.assert(
      fc.property(fc.array(fc.shuffledSubarray(brokerIds, { minLength: 3, maxLength: 3 })), (lists) => {
        const spread = topicSpread(topic(...lists.map((list) => at(list[0]!, list))), alive(...brokerIds));
        if (lists.length > 0) {
          expect(spread.brokersSkewPercent).toBeLessThan(100);
          expect(spread.brokersLeaderSkewPercent).toBeLessThan(100);
        }
        const single = topicSpread(topic(...lists.map(() => at(1, [1]))), alive(...brokerIds));
        expect(single.brokers.some(({ isSkewed, isLeaderSkewed }) => isSkewed || isLeaderSkewed)).toBe(false);
      }),
    );
  });

  it('has no skew where the division comes out even', () => {
    // 49 × 3 / 7: computed as (49 / 7) × 3 or as a whole, a rounding error must not make 21 look like more than fair.
    const lists = Array.from({ length: 49 }, (_, index) => [0, 1, 2].map((step) => (index + step) % 7));
    const spread = topicSpread(topic(...lists.map((list) => at(list[0]!, list))), alive(0, 1, 2, 3, 4, 5, 6));
    expect(spread.brokersSkewPercent).toBe(0);
    expect(spread.brokersLeaderSkewPercent).toBe(0);
  });
});

describe('replicationFactorOf', () => {
  it('is that of partition 0, wherever it stands', () => {
    expect(replicationFactorOf({ name: 't', partitions: [at(1, [1], [1], 1), at(1, [1, 2], [1], 0)] })).toBe(
      2,
    );
    expect(replicationFactorOf(topic(at(-1, [])))).toBe(0);
    expect(replicationFactorOf(topic())).toBe(0);
  });
});
