import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TopicPartitions } from './assignor.ts';
import { NO_PARTITIONS } from './assignor.ts';
import { sticky, type TaskAssignment, type TaskGroup, type TaskMember } from './sticky.ts';

const NOTHING: TaskAssignment = { active: NO_PARTITIONS, standby: NO_PARTITIONS, warmup: NO_PARTITIONS };

interface World {
  /** The process of every member. */
  readonly members: readonly number[];
  readonly subtopologies: readonly { readonly taskCount: number; readonly isStateful: boolean }[];
  readonly standbyReplicas: number;
}

const worlds: fc.Arbitrary<World> = fc.record({
  members: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 }),
  subtopologies: fc.array(
    fc.record({ taskCount: fc.integer({ min: 1, max: 10 }), isStateful: fc.boolean() }),
    { minLength: 1, maxLength: 3 },
  ),
  standbyReplicas: fc.integer({ min: 0, max: 2 }),
});

function groupOf(world: World, before: ReadonlyMap<string, TaskAssignment> = new Map()): TaskGroup {
  const members = new Map<string, TaskMember>();
  world.members.forEach((process, index) => {
    const id = `member-${index}`;
    members.set(id, { processId: `process-${process}`, before: before.get(id) ?? NOTHING });
  });
  const subtopologies = world.subtopologies.map((each, index) => ({ id: String(index), ...each }));
  return { members, subtopologies, standbyReplicas: world.standbyReplicas };
}

const flat = (tasks: TopicPartitions): string[] =>
  [...tasks].flatMap(([id, partitions]) => [...partitions].map((partition) => `${id}_${partition}`));

const tasksOf = ({ subtopologies }: TaskGroup, isWanted = (_: { isStateful: boolean }) => true) =>
  subtopologies
    .filter(isWanted)
    .flatMap(({ id, taskCount }) => Array.from({ length: taskCount }, (_, index) => `${id}_${index}`));

const plain = (assignment: ReadonlyMap<string, TaskAssignment>) =>
  [...assignment].map(([id, { active, standby }]) => [id, flat(active).sort(), flat(standby).sort()]);

test('every task is active once, and members differ by one at most in a new group', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const group = groupOf({ ...world, members: world.members.map((_, index) => index) });
      const assignment = sticky(group);
      const active = [...assignment.values()].map((tasks) => flat(tasks.active));
      expect(active.flat().sort()).toEqual(tasksOf(group).sort());
      const counts = active.map(({ length }) => length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a process has no more than one copy of a task, and as many are made as there are processes for', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const group = groupOf(world);
      const copies = new Map<string, string[]>();
      for (const [id, { active, standby }] of sticky(group)) {
        const { processId } = group.members.get(id)!;
        for (const task of [...flat(active), ...flat(standby)]) {
          copies.set(task, [...(copies.get(task) ?? []), processId]);
        }
      }
      for (const processes of copies.values()) expect(new Set(processes).size).toBe(processes.length);
      const possible = Math.min(world.standbyReplicas + 1, new Set(world.members).size);
      for (const task of tasksOf(group, ({ isStateful }) => isStateful)) {
        expect(copies.get(task)).toHaveLength(possible);
      }
      for (const task of tasksOf(group, ({ isStateful }) => !isStateful)) {
        expect(copies.get(task)).toHaveLength(1);
      }
    }),
  );
});

test('active tasks stay where they are when nothing changes', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const first = sticky(groupOf({ ...world, standbyReplicas: 0 }));
      const second = sticky(groupOf({ ...world, standbyReplicas: 0 }, first));
      expect(plain(second)).toEqual(plain(first));
    }),
  );
});

test('members keep their tasks and share out those of one that goes', () => {
  const world: World = {
    members: [0, 1, 2],
    subtopologies: [{ taskCount: 6, isStateful: true }],
    standbyReplicas: 1,
  };
  const first = sticky(groupOf(world));
  const second = sticky(groupOf({ ...world, members: [0, 1] }, first));
  for (const id of ['member-0', 'member-1']) {
    const now = flat(second.get(id)!.active);
    expect(now).toHaveLength(3);
    expect(now).toEqual(expect.arrayContaining(flat(first.get(id)!.active)));
    expect(flat(second.get(id)!.standby)).toHaveLength(3);
  }
});
