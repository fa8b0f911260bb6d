import {
  type AssignorGroup,
  addPartition,
  editable,
  type GroupAssignment,
  isHomogeneous,
  removePartition,
  type TopicPartitions,
} from './assignor.ts';
import { uniformMixed } from './uniform-mixed.ts';

/**
 * `uniform`: the numbers of partitions that members have differ by one at most where subscriptions allow it, and members
 * keep what they had as far as that goes.
 */
export function uniform(group: AssignorGroup): GroupAssignment {
  return isHomogeneous(group.members.values()) ? uniformAlike(group) : uniformMixed(group);
}

/** All members subscribe to the same topics. */
function uniformAlike({ members, partitionCount }: AssignorGroup): GroupAssignment {
  const [first] = members.values();
  const topicIds = first?.topicIds ?? new Set<string>();
  if (topicIds.size === 0) return new Map();
  const free = unowned(topicIds, members, partitionCount);
  let total = 0;
  for (const topicId of topicIds) total += partitionCount(topicId);
  const quota = Math.floor(total / members.size);
  let extras = total % members.size;

  const result = new Map<string, TopicPartitions>();
  const unfilled: { memberId: string; room: number }[] = [];
  for (const [memberId, { assigned }] of members) {
    let room = quota;
    if (extras > 0) {
      room += 1;
      extras -= 1;
    }
    const kept = keepUpTo(room, assigned, topicIds, free);
    result.set(memberId, kept.partitions);
    if (kept.room > 0) unfilled.push({ memberId, room: kept.room });
  }
  let next = 0;
  for (const { memberId, room } of unfilled) {
    const partitions = editable(result.get(memberId)!);
    for (const [topicId, partition] of free.slice(next, next + room)) {
      addPartition(partitions, topicId, partition);
    }
    next += room;
    result.set(memberId, partitions);
  }
  return result;
}

type Partition = readonly [topicId: string, partition: number];

function unowned(
  topicIds: ReadonlySet<string>,
  members: AssignorGroup['members'],
  partitionCount: (topicId: string) => number,
): Partition[] {
  const owned = new Map<string, Set<number>>();
  for (const { assigned } of members.values()) {
    for (const [topicId, partitions] of assigned) {
      for (const partition of partitions) addPartition(owned, topicId, partition);
    }
  }
  const free: Partition[] = [];
  for (const topicId of topicIds) {
    for (let partition = 0; partition < partitionCount(topicId); partition += 1) {
      if (!owned.get(topicId)?.has(partition)) free.push([topicId, partition]);
    }
  }
  return free;
}

/** What a member keeps of what it had; what it has to give up is added to `free`. */
function keepUpTo(
  quota: number,
  assigned: TopicPartitions,
  topicIds: ReadonlySet<string>,
  free: Partition[],
): { partitions: TopicPartitions; room: number } {
  let room = quota;
  let changed: Map<string, Set<number>> | null = null;
  for (const [topicId, partitions] of assigned) {
    if (!topicIds.has(topicId)) {
      changed ??= editable(assigned);
      changed.delete(topicId);
      continue;
    }
    for (const partition of partitions) {
      if (room > 0) {
        room -= 1;
        continue;
      }
      changed ??= editable(assigned);
      removePartition(changed, topicId, partition);
      free.push([topicId, partition]);
    }
  }
  return { partitions: changed ?? assigned, room };
}
