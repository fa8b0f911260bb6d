import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  Assignor,
  AssignorGroup,
  AssignorMember,
  GroupAssignment,
  TopicPartitions,
} from './assignor.ts';
import { NO_PARTITIONS } from './assignor.ts';
import { range } from './range.ts';
import { simple } from './simple.ts';
import { uniform } from './uniform.ts';

interface World {
  /** Partitions by topic. */
  readonly topics: readonly number[];
  /** Topics by member. */
  readonly members: readonly (readonly number[])[];
}

const alike: fc.Arbitrary<World> = fc
  .record({
    topics: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
    count: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ topics, count }) => ({
    topics,
    members: Array.from({ length: count }, () => topics.map((_, index) => index)),
  }));

const mixed: fc.Arbitrary<World> = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 })
  .chain((topics) =>
    fc.record({
      topics: fc.constant(topics),
      members: fc.array(fc.subarray(topics.map((_, index) => index)), { minLength: 1, maxLength: 8 }),
    }),
  );

function groupOf({ topics, members }: World, before: GroupAssignment = new Map()): AssignorGroup {
  const specs = new Map<string, AssignorMember>();
  members.forEach((subscribed, index) => {
    const id = `member-${index}`;
    const topicIds = new Set(subscribed.map((topic) => `topic-${topic}`));
    specs.set(id, { instanceId: null, topicIds, assigned: before.get(id) ?? NO_PARTITIONS });
  });
  return { members: specs, partitionCount: (topicId) => topics[Number(topicId.slice(6))] ?? 0 };
}

const flat = (partitions: TopicPartitions): string[] =>
  [...partitions].flatMap(([topic, numbers]) => [...numbers].map((number) => `${topic}-${number}`));

/** Every partition that somebody subscribes to belongs to exactly one of its subscribers. */
function expectComplete(group: AssignorGroup, assignment: GroupAssignment): void {
  const given = [...assignment.values()].flatMap(flat);
  const wanted = new Set<string>();
  for (const { topicIds } of group.members.values()) {
    for (const topic of topicIds) {
      for (let partition = 0; partition < group.partitionCount(topic); partition++)
        wanted.add(`${topic}-${partition}`);
    }
  }
  expect(given.sort()).toEqual([...wanted].sort());
  for (const [id, partitions] of assignment) {
    for (const topic of partitions.keys()) expect(group.members.get(id)!.topicIds.has(topic)).toBe(true);
  }
}

const sizes = (group: AssignorGroup, assignment: GroupAssignment) =>
  [...group.members.keys()].map((id) => flat(assignment.get(id) ?? NO_PARTITIONS).length);

describe.each<[string, Assignor]>([
  ['uniform', uniform],
  ['range', range],
])('%s', (_, assign) => {
  test('gives every partition to one of its subscribers', () => {
    fc.assert(
      fc.property(fc.oneof(alike, mixed), (world) => {
        const group = groupOf(world);
        expectComplete(group, assign(group));
      }),
    );
  });
});

describe('uniform', () => {
  test('is even to one partition where all subscribe alike', () => {
    fc.assert(
      fc.property(alike, (world) => {
        const group = groupOf(world);
        const counts = sizes(group, uniform(group));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('moves nothing when nothing has changed', () => {
    fc.assert(
      fc.property(fc.oneof(alike, mixed), (world) => {
        const before = uniform(groupOf(world));
        const after = uniform(groupOf(world, before));
        for (const [id, partitions] of before)
          expect(flat(after.get(id)!).sort()).toEqual(flat(partitions).sort());
      }),
    );
  });

  test('takes from the others only what a newcomer gets', () => {
    fc.assert(
      fc.property(alike, (world) => {
        const before = uniform(groupOf(world));
        const grown = { ...world, members: [...world.members, world.members[0]!] };
        const group = groupOf(grown, before);
        const after = uniform(group);
        expectComplete(group, after);
        let moved = 0;
        for (const [id, partitions] of before) {
          const kept = new Set(flat(after.get(id) ?? NO_PARTITIONS));
          moved += flat(partitions).filter((partition) => !kept.has(partition)).length;
        }
        expect(moved).toBe(flat(after.get(`member-${world.members.length}`) ?? NO_PARTITIONS).length);
      }),
    );
  });

  test('leaves nobody with two more than another who could take one of them', () => {
    fc.assert(
      fc.property(mixed, (world) => {
        const group = groupOf(world);
        const after = uniform(group);
        const count = (id: string) => flat(after.get(id) ?? NO_PARTITIONS).length;
        for (const [id, partitions] of after) {
          for (const topic of partitions.keys()) {
            for (const [other, { topicIds }] of group.members) {
              if (topicIds.has(topic)) expect(count(id) - count(other)).toBeLessThanOrEqual(1);
            }
          }
        }
      }),
    );
  });
});

describe('range', () => {
  test('gives neighbours, the same ones of topics with as many partitions', () => {
    const group = groupOf({
      topics: [5, 5],
      members: [
        [0, 1],
        [0, 1],
      ],
    });
    const assignment = range(group);
    expect(flat(assignment.get('member-0')!)).toEqual(
      [0, 1].flatMap((topic) => [0, 1, 2].map((each) => `topic-${topic}-${each}`)),
    );
    expect(flat(assignment.get('member-1')!)).toEqual(
      [0, 1].flatMap((topic) => [3, 4].map((each) => `topic-${topic}-${each}`)),
    );
  });

  test('takes static members first, in the order of their instance ids', () => {
    const { members, partitionCount } = groupOf({ topics: [2], members: [[0], [0], [0]] });
    const named = new Map(members);
    named.set('member-2', { ...named.get('member-2')!, instanceId: 'b' });
    named.set('member-1', { ...named.get('member-1')!, instanceId: 'c' });
    const assignment = range({ members: named, partitionCount });
    expect(['member-2', 'member-1', 'member-0'].map((id) => flat(assignment.get(id)!))).toEqual([
      ['topic-0-0'],
      ['topic-0-1'],
      [],
    ]);
  });
});

describe('simple', () => {
  const share = (world: World, before?: GroupAssignment) => {
    const group = groupOf(world, before);
    const partitionsOf = (topicId: string) =>
      Array.from({ length: group.partitionCount(topicId) }, (_, index) => index);
    return { group, assignment: simple(group, partitionsOf) };
  };

  test('leaves no partition without a member, and nobody without work', () => {
    fc.assert(
      fc.property(alike, (world) => {
        const { group, assignment } = share(world);
        const given = new Set([...assignment.values()].flatMap(flat));
        expect(given.size).toBe(world.topics.reduce((sum, each) => sum + each, 0));
        const counts = sizes(group, assignment);
        expect(Math.min(...counts)).toBeGreaterThan(0);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('covers every topic that somebody subscribes to, and gives nobody what it does not', () => {
    fc.assert(
      fc.property(mixed, (world) => {
        const { group, assignment } = share(world);
        const given = new Set([...assignment.values()].flatMap(flat));
        for (const { topicIds } of group.members.values()) {
          for (const topic of topicIds) expect(given.has(`${topic}-0`)).toBe(true);
        }
        for (const [id, partitions] of assignment) {
          for (const topic of partitions.keys())
            expect(group.members.get(id)!.topicIds.has(topic)).toBe(true);
        }
      }),
    );
  });

  test('moves nothing when nothing has changed', () => {
    fc.assert(
      fc.property(alike, (world) => {
        const before = share(world).assignment;
        const after = share(world, before).assignment;
        for (const [id, partitions] of before)
          expect(flat(after.get(id)!).sort()).toEqual(flat(partitions).sort());
      }),
    );
  });
});
