import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PartitionReplicas, TopologyTopic } from '../topology.ts';
import { movesOf } from './moves.ts';
import { type ReassignRequest, reassign } from './reassign.ts';

const topicOf = (name: string, lists: number[][]): TopologyTopic => ({
  name,
  partitions: lists.map((replicas, partition) => ({
    partition,
    leader: replicas[0] ?? -1,
    replicas,
    isr: replicas,
  })),
});
const noRack = (...ids: number[]) => ids.map((id) => ({ id, rack: null }));
const apply = (targets: readonly PartitionReplicas[]): TopologyTopic[] => {
  const names = [...new Set(targets.map(({ topic }) => topic))];
  return names.map((name) =>
    topicOf(
      name,
      targets.filter(({ topic }) => topic === name).map(({ replicas }) => [...replicas]),
    ),
  );
};
const added = (request: ReassignRequest, targets: readonly PartitionReplicas[]): number => {
  const before = new Map(
    request.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partition, replicas }) => [`${name}-${partition}`, replicas] as const),
    ),
  );
  return movesOf(targets, (topic, partition) => before.get(`${topic}-${partition}`)!).reduce(
    (sum, move) => sum + move.added.length,
    0,
  );
};
const count = (values: number[], of: number) => values.filter((value) => value === of).length;
const range = (
  targets: readonly PartitionReplicas[],
  ids: number[],
  pick: (list: readonly number[]) => number[],
) => {
  const all = targets.flatMap(({ replicas }) => pick(replicas));
  const counts = ids.map((id) => count(all, id));
  return Math.max(...counts) - Math.min(...counts);
};
const everyReplica = (list: readonly number[]) => [...list];
const firstReplica = (list: readonly number[]) => list.slice(0, 1);

/** Clusters of up to 8 brokers, of which some are chosen; topics as they may have grown. */
const anyRequest = (racks: 'none' | 'equal' | 'any'): fc.Arbitrary<ReassignRequest> =>
  fc
    .record({
      chosen: fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }),
      topics: fc.array(
        fc
          .integer({ min: 1, max: 4 })
          .chain((replicas) =>
            fc.array(
              fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: replicas, maxLength: replicas }),
              { minLength: 1, maxLength: 9 },
            ),
          ),
        { minLength: 1, maxLength: 5 },
      ),
      replicationFactor: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      rackSeed: fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
      strategy: fc.constantFrom('minimal-movement' as const, 'spread-evenly' as const),
    })
    .map(({ chosen, topics, replicationFactor, rackSeed, strategy }) => {
      const ids = racks === 'equal' ? [1, 2, 3, 4, 5, 6] : chosen;
      const most = ids.length;
      return {
        brokers: ids.map((id, index) => ({
          id,
          rack: racks === 'none' ? null : `r${racks === 'equal' ? index % 3 : rackSeed[index]}`,
        })),
        topics: topics.map((lists, index) =>
          topicOf(
            `t${index}`,
            lists.map((list) => (replicationFactor === undefined ? list.slice(0, most) : list)),
          ),
        ),
        replicationFactor: replicationFactor === undefined ? undefined : Math.min(replicationFactor, most),
        rackAware: true,
        strategy,
      };
    });

describe('reassign', () => {
  it('moves nothing that is balanced, not even the order', () => {
    const lists = [
      [1, 2],
      [2, 3],
      [3, 1],
    ];
    const targets = reassign({
      topics: [topicOf('orders', lists)],
      brokers: noRack(1, 2, 3),
      rackAware: true,
      strategy: 'minimal-movement',
    });
    expect(targets.map(({ replicas }) => replicas)).toEqual(lists);
  });

  it('fills a new broker with its share and nothing else', () => {
    const lists = Array.from({ length: 12 }, (_, index) => [1 + (index % 3)]);
    const request: ReassignRequest = {
      topics: [topicOf('orders', lists)],
      brokers: noRack(1, 2, 3, 4),
      rackAware: true,
      strategy: 'minimal-movement',
    };
    const targets = reassign(request);
    expect(added(request, targets)).toBe(3);
    expect(count(targets.flatMap(everyReplicaOf), 4)).toBe(3);
  });

  it('takes a broker out by moving only what it held', () => {
    const lists = [
      [1, 2],
      [2, 3],
      [3, 1],
      [1, 3],
      [2, 1],
      [3, 2],
    ];
    const request: ReassignRequest = {
      topics: [topicOf('orders', lists)],
      brokers: noRack(1, 2),
      rackAware: true,
      strategy: 'minimal-movement',
    };
    const targets = reassign(request);
    expect(added(request, targets)).toBe(4);
    expect(range(targets, [1, 2], firstReplica)).toBe(0);
  });

  it('adds replicas without moving any, and takes them away without copying', () => {
    const one = [[1], [2], [3], [1], [2], [3]];
    const up: ReassignRequest = {
      topics: [topicOf('orders', one)],
      brokers: noRack(1, 2, 3),
      replicationFactor: 2,
      rackAware: true,
      strategy: 'minimal-movement',
    };
    const raised = reassign(up);
    expect(added(up, raised)).toBe(6);
    expect(raised.map(({ replicas }) => replicas[0])).toEqual(one.flat());
    expect(range(raised, [1, 2, 3], everyReplica)).toBe(0);
    const down = { ...up, topics: apply(raised), replicationFactor: 1 };
    const lowered = reassign(down);
    expect(added(down, lowered)).toBe(0);
    expect(range(lowered, [1, 2, 3], everyReplica)).toBe(0);
  });

  it('brings replicas of a partition to different racks', () => {
    const request: ReassignRequest = {
      topics: [
        topicOf('orders', [
          [1, 2],
          [2, 1],
        ]),
      ],
      brokers: [
        { id: 1, rack: 'a' },
        { id: 2, rack: 'a' },
        { id: 3, rack: 'b' },
      ],
      rackAware: true,
      strategy: 'minimal-movement',
    };
    const targets = reassign(request);
    for (const { replicas } of targets) expect(replicas).toContain(3);
    expect(added(request, targets)).toBe(2);
    expect(
      reassign({ ...request, rackAware: false }).filter(({ replicas }) => replicas.includes(3)),
    ).toHaveLength(1);
  });

  it('shares out topics of one partition too', () => {
    const topics = Array.from({ length: 30 }, (_, index) => topicOf(`t${index}`, [[1]]));
    const targets = reassign({
      topics,
      brokers: noRack(1, 2, 3),
      rackAware: true,
      strategy: 'minimal-movement',
    });
    expect([1, 2, 3].map((id) => count(targets.flatMap(everyReplicaOf), id))).toEqual([10, 10, 10]);
  });

  it('refuses more replicas than brokers', () => {
    expect(() =>
      reassign({
        topics: [topicOf('orders', [[1, 2, 3]])],
        brokers: noRack(1, 2),
        rackAware: true,
        strategy: 'minimal-movement',
      }),
    ).toThrow(RangeError);
  });

  it.each(['none', 'equal', 'any'] as const)(
    'gives each partition its replicas on chosen brokers (%s racks)',
    (racks) => {
      fc.assert(
        fc.property(anyRequest(racks), (request) => {
          const targets = reassign(request);
          const partitions = request.topics.flatMap(({ name, partitions }) =>
            partitions.map((one) => ({ ...one, topic: name })),
          );
          expect(targets.map(({ topic, partition }) => [topic, partition])).toEqual(
            partitions.map(({ topic, partition }) => [topic, partition]),
          );
          const rackOf = new Map(request.brokers.map(({ id, rack }) => [id, rack]));
          for (const [index, { replicas }] of targets.entries()) {
            const wanted = request.replicationFactor ?? partitions[index]!.replicas.length;
            expect(replicas).toHaveLength(wanted);
            expect(new Set(replicas).size).toBe(wanted);
            for (const id of replicas) expect(rackOf.has(id)).toBe(true);
            const used = new Set(replicas.map((id) => rackOf.get(id)));
            expect(used.size).toBe(Math.min(wanted, new Set(rackOf.values()).size));
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each(['none', 'equal'] as const)(
    'keeps each topic and all together within one replica (%s racks)',
    (racks) => {
      fc.assert(
        fc.property(anyRequest(racks), (request) => {
          const targets = reassign(request);
          const ids = request.brokers.map(({ id }) => id);
          for (const { name } of request.topics) {
            const ofTopic = targets.filter(({ topic }) => topic === name);
            expect(range(ofTopic, ids, everyReplica)).toBeLessThanOrEqual(1);
          }
          expect(range(targets, ids, everyReplica)).toBeLessThanOrEqual(1);
        }),
        { numRuns: 500 },
      );
    },
  );

  it('evens out preferred leaders as far as replicas allow', () => {
    fc.assert(
      fc.property(anyRequest('none'), (request) => {
        const targets = reassign(request);
        const ids = request.brokers.map(({ id }) => id);
        for (const { name } of request.topics) {
          const ofTopic = targets.filter(({ topic }) => topic === name);
          const leaders = (id: number) =>
            count(
              ofTopic.flatMap(({ replicas }) => firstReplica(replicas)),
              id,
            );
          // No replica is on a broker that leads two less than the leader: else leading it there would be more even.
          for (const { replicas } of ofTopic)
            for (const id of replicas) expect(leaders(replicas[0]!) - leaders(id)).toBeLessThanOrEqual(1);
          if (ofTopic[0]!.replicas.length === ids.length)
            expect(range(ofTopic, ids, firstReplica)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(['none', 'equal', 'any'] as const)(
    'moves no more than dealing out anew would (%s racks)',
    (racks) => {
      fc.assert(
        fc.property(anyRequest(racks), (request) => {
          const least = reassign({ ...request, strategy: 'minimal-movement' });
          const even = reassign({ ...request, strategy: 'spread-evenly' });
          expect(added(request, least)).toBeLessThanOrEqual(added(request, even));
        }),
        { numRuns: 1000 },
      );
    },
  );

  it.each(['none', 'equal'] as const)('leaves its own outcome as it is (%s racks)', (racks) => {
    fc.assert(
      fc.property(anyRequest(racks), (request) => {
        const once = reassign(request);
        const again = reassign({ ...request, topics: apply(once), strategy: 'minimal-movement' });
        expect(again).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  it('comes to rest on racks of any size', () => {
    fc.assert(
      fc.property(anyRequest('any'), (request) => {
        let targets = reassign(request);
        const again = () => reassign({ ...request, topics: apply(targets), strategy: 'minimal-movement' });
        for (let round = 0; round < 4; round++) targets = again();
        expect(again()).toEqual(targets);
      }),
      { numRuns: 300 },
    );
  });

  it('depends on nothing but the request, not on the order of brokers either', () => {
    fc.assert(
      fc.property(anyRequest('any'), (request) => {
        const targets = reassign(request);
        expect(reassign(request)).toEqual(targets);
        expect(reassign({ ...request, brokers: [...request.brokers].reverse() })).toEqual(targets);
      }),
    );
  });

  it('moves as little as can be, compared with trying everything', () => {
    const small = fc.record({
      lists: fc.array(fc.shuffledSubarray([1, 2, 3, 4], { minLength: 2, maxLength: 2 }), {
        minLength: 1,
        maxLength: 4,
      }),
      chosen: fc.shuffledSubarray([1, 2, 3, 4], { minLength: 2 }),
    });
    fc.assert(
      fc.property(small, ({ lists, chosen }) => {
        const request: ReassignRequest = {
          topics: [topicOf('t', lists)],
          brokers: noRack(...chosen),
          rackAware: true,
          strategy: 'minimal-movement',
        };
        expect(added(request, reassign(request))).toBe(leastMoves(lists, chosen));
      }),
      { numRuns: 300 },
    );
  });

  it('lays out 10,000 topics of 10 partitions in seconds at most', () => {
    const topics = Array.from({ length: 10_000 }, (_, topic) =>
      topicOf(
        `t${topic}`,
        Array.from({ length: 10 }, (_, partition) =>
          [0, 1, 2].map((step) => 1 + ((topic + partition + step) % 6)),
        ),
      ),
    );
    const brokers = Array.from({ length: 9 }, (_, index) => ({ id: index + 1, rack: `r${index % 3}` }));
    const start = process.cpuUsage();
    const targets = reassign({ topics, brokers, rackAware: true, strategy: 'minimal-movement' });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(2000);
    expect(
      range(
        targets,
        brokers.map(({ id }) => id),
        everyReplica,
      ),
    ).toBeLessThanOrEqual(1);
  });
});

const everyReplicaOf = ({ replicas }: PartitionReplicas) => [...replicas];

/** The fewest replicas to copy for an even spread of two replicas each, by trying all layouts. */
function leastMoves(lists: number[][], chosen: number[]): number {
  const pairs = chosen.flatMap((a, index) => chosen.slice(index + 1).map((b) => [a, b]));
  let least = Number.POSITIVE_INFINITY;
  const counts = new Map(chosen.map((id) => [id, 0]));
  const evenest = (lists.length * 2) % chosen.length === 0 ? 0 : 1;
  const visit = (partition: number, moves: number): void => {
    if (moves >= least) return;
    if (partition === lists.length) {
      const values = [...counts.values()];
      if (Math.max(...values) - Math.min(...values) <= evenest) least = moves;
      return;
    }
    for (const pair of pairs) {
      for (const id of pair) counts.set(id, counts.get(id)! + 1);
      visit(partition + 1, moves + pair.filter((id) => !lists[partition]!.includes(id)).length);
      for (const id of pair) counts.set(id, counts.get(id)! - 1);
    }
  };
  visit(0, 0);
  return least;
}
