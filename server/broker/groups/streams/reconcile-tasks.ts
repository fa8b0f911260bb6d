import { ERROR } from '../../../protocol/errors.ts';
import type { TopicPartitions } from '../assignors/assignor.ts';
import type { TaskAssignment } from '../assignors/sticky.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { PartitionEpochs } from '../topic-partitions.ts';
import { type HeldTasks, NO_TASKS, STREAMS_MEMBER_STATE, type StreamsMember } from './streams-group.ts';

export interface TaskReconciliation {
  readonly targetEpoch: number;
  readonly target: TaskAssignment;
  /** What the member says it has; null when it does not say. */
  readonly owned: TaskAssignment | null;
  /** Whose processes hold a task in a role. */
  processesWith(role: keyof HeldTasks, subtopology: string, partition: number): ReadonlySet<string>;
}

/** The next step of a streams member from what it has to what it is to have: as consumers' members go (see `reconcile.ts`). */
export function reconcileTasks(member: StreamsMember, to: TaskReconciliation): StreamsMember {
  switch (member.state) {
    case STREAMS_MEMBER_STATE.stable:
      return member.epoch === to.targetEpoch ? member : nextTasks(member, member.epoch, to);
    case STREAMS_MEMBER_STATE.unrevoked:
      if (to.owned === null || overlaps(to.owned, member.pendingRevocation)) return member;
      return nextTasks(member, member.epoch + 1, to);
    case STREAMS_MEMBER_STATE.unreleased:
      return nextTasks(member, member.epoch, to);
    default:
      if (to.owned === null || !isEmpty(to.owned)) {
        throw new GroupRefusal(
          ERROR.FENCED_MEMBER_EPOCH,
          'The streams group member is in a unknown state. The member must abandon all its tasks and rejoin.',
        );
      }
      return nextTasks(member, to.targetEpoch, to);
  }
}

function nextTasks(member: StreamsMember, epoch: number, to: TaskReconciliation): StreamsMember {
  const { processId } = member;
  const isOnOwnProcess = (roles: readonly (keyof HeldTasks)[], subtopology: string, partition: number) =>
    roles.some((role) => to.processesWith(role, subtopology, partition).has(processId));
  const active = difference(
    new Map([...member.assigned.active].map(([id, epochs]) => [id, epochs])),
    to.target.active,
    (subtopology, partition) =>
      to.processesWith('active', subtopology, partition).size > 0 ||
      isOnOwnProcess(['standby', 'warmup'], subtopology, partition),
    to.targetEpoch,
  );
  const copies = (role: 'standby' | 'warmup') =>
    difference(
      numbered(member.assigned[role]),
      to.target[role],
      (subtopology, partition) => isOnOwnProcess(['active', 'standby', 'warmup'], subtopology, partition),
      0,
    );
  const [standby, warmup] = [copies('standby'), copies('warmup')];
  const parts = [active, standby, warmup];
  const tasks = (pick: (part: Difference) => PartitionEpochs): HeldTasks => ({
    active: pick(active),
    standby: plain(pick(standby)),
    warmup: plain(pick(warmup)),
  });
  const pendingRevocation = tasks(({ revoked }) => revoked);
  const mustRevoke = parts.some(({ revoked }) => revoked.size > 0);
  if (mustRevoke && (to.owned === null || overlaps(to.owned, pendingRevocation))) {
    const assigned = tasks(({ kept }) => kept);
    const state = STREAMS_MEMBER_STATE.unrevoked;
    return { ...member, epoch, previousEpoch: member.epoch, state, assigned, pendingRevocation };
  }
  return {
    ...member,
    epoch: to.targetEpoch,
    previousEpoch: member.epoch,
    state: parts.some(({ isUnreleased }) => isUnreleased)
      ? STREAMS_MEMBER_STATE.unreleased
      : STREAMS_MEMBER_STATE.stable,
    assigned: tasks(({ kept, added }) => joined(kept, added)),
    pendingRevocation: NO_TASKS,
  };
}

interface Difference {
  readonly kept: PartitionEpochs;
  readonly revoked: PartitionEpochs;
  readonly added: PartitionEpochs;
  /** Some of the target is still held elsewhere. */
  readonly isUnreleased: boolean;
}

function difference(
  current: PartitionEpochs,
  target: TopicPartitions,
  isHeld: (subtopology: string, partition: number) => boolean,
  epoch: number,
): Difference {
  const kept = new Map<string, Map<number, number>>();
  const revoked = new Map<string, Map<number, number>>();
  const added = new Map<string, Map<number, number>>();
  let isUnreleased = false;
  for (const subtopology of new Set([...current.keys(), ...target.keys()])) {
    const wanted = target.get(subtopology);
    const has = current.get(subtopology);
    for (const [partition, since] of has ?? [])
      put(wanted?.has(partition) ? kept : revoked, subtopology, partition, since);
    for (const partition of wanted ?? []) {
      if (has?.has(partition)) continue;
      if (isHeld(subtopology, partition)) isUnreleased = true;
      else put(added, subtopology, partition, epoch);
    }
  }
  return { kept, revoked, added, isUnreleased };
}

function put(
  to: Map<string, Map<number, number>>,
  subtopology: string,
  partition: number,
  epoch: number,
): void {
  const partitions = to.get(subtopology);
  if (partitions === undefined) to.set(subtopology, new Map([[partition, epoch]]));
  else partitions.set(partition, epoch);
}

function joined(a: PartitionEpochs, b: PartitionEpochs): PartitionEpochs {
  const result = new Map<string, Map<number, number>>();
  for (const part of [a, b]) {
    for (const [subtopology, partitions] of part) {
      for (const [partition, epoch] of partitions) put(result, subtopology, partition, epoch);
    }
  }
  return result;
}

function numbered(tasks: TopicPartitions): PartitionEpochs {
  return new Map(
    [...tasks].map(([id, partitions]) => [id, new Map([...partitions].map((each) => [each, 0]))]),
  );
}

function plain(tasks: PartitionEpochs): TopicPartitions {
  return new Map([...tasks].map(([id, partitions]) => [id, new Set(partitions.keys())]));
}

function overlaps(owned: TaskAssignment, tasks: HeldTasks): boolean {
  const roles = ['active', 'standby', 'warmup'] as const;
  return roles.some((role) =>
    [...tasks[role]].some(([subtopology, partitions]) =>
      [...partitions.keys()].some((partition) => owned[role].get(subtopology)?.has(partition)),
    ),
  );
}

function isEmpty({ active, standby, warmup }: TaskAssignment): boolean {
  return active.size === 0 && standby.size === 0 && warmup.size === 0;
}
