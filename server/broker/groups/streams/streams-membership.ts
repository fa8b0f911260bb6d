import { ERROR } from '../../../protocol/errors.ts';
import type { GroupTable } from '../any-group.ts';
import type { TopicPartitions } from '../assignors/assignor.ts';
import type { TaskAssignment } from '../assignors/sticky.ts';
import type { GroupRecord } from '../group-home.ts';
import { groupTombstone } from '../group-records.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { ConfiguredTopology } from './configured-topology.ts';
import { StreamsGroup, type StreamsMember } from './streams-group.ts';

/**
 * The streams group of that id. When `create` is true it is made: anew, or from a classic group without members.
 * @throws GroupRefusal GROUP_ID_NOT_FOUND, GROUP_MAX_SIZE_REACHED
 */
export function openStreamsGroup(
  shard: GroupTable,
  groupId: string,
  create: boolean,
  records: GroupRecord[],
): StreamsGroup {
  const group = shard.groups.get(groupId);
  if (group?.type === 'streams') {
    const { streamsMaxSize } = shard.settings;
    if (!create || group.members.size < streamsMaxSize) return group;
    throw new GroupRefusal(
      ERROR.GROUP_MAX_SIZE_REACHED,
      `The streams group has reached its maximum capacity of ${streamsMaxSize} members.`,
    );
  }
  if (group === undefined && create) return new StreamsGroup(groupId, shard);
  if (group?.type === 'classic' && group.isEmpty && create) {
    records.push(groupTombstone(groupId));
    return new StreamsGroup(groupId, shard, group.offsets);
  }
  throw new GroupRefusal(
    ERROR.GROUP_ID_NOT_FOUND,
    group === undefined ? `Streams group ${groupId} not found.` : `Group ${groupId} is not a streams group.`,
  );
}

/** The member that speaks; null when it joins. @throws GroupRefusal UNKNOWN_MEMBER_ID, FENCED_MEMBER_EPOCH */
export function streamsMember(
  group: StreamsGroup,
  memberId: string,
  epoch: number,
  owned: TaskAssignment | null,
): StreamsMember | null {
  const member = group.members.get(memberId);
  if (member === undefined) {
    if (epoch === 0) return null;
    throw new GroupRefusal(
      ERROR.UNKNOWN_MEMBER_ID,
      `Member ${memberId} is not a member of group ${group.id}.`,
    );
  }
  if (epoch === 0 || epoch === member.epoch) return member;
  const isGreater = epoch > member.epoch;
  if (!isGreater && epoch === member.previousEpoch && owned !== null && hasOnlyItsOwn(member, owned))
    return member;
  throw new GroupRefusal(
    ERROR.FENCED_MEMBER_EPOCH,
    `The streams group member has a ${isGreater ? 'greater' : 'smaller'} member epoch (${epoch}) than the one known ` +
      `by the group coordinator (${member.epoch}). The member must abandon all its partitions and rejoin.`,
  );
}

/** @throws GroupRefusal INVALID_REQUEST: a member says it has tasks that there are not */
export function throwIfTasksAreUnknown(
  { subtopologies }: ConfiguredTopology,
  owned: TaskAssignment | null,
): void {
  const counts = new Map((subtopologies ?? []).map(({ id, taskCount }) => [id, taskCount]));
  for (const tasks of owned === null ? [] : [owned.active, owned.standby, owned.warmup]) {
    for (const [subtopology, partitions] of tasks) {
      const count = counts.get(subtopology);
      if (count === undefined) {
        throw new GroupRefusal(
          ERROR.INVALID_REQUEST,
          `Subtopology ${subtopology} does not exist in the topology.`,
        );
      }
      for (const partition of partitions) {
        if (partition >= 0 && partition < count) continue;
        throw new GroupRefusal(
          ERROR.INVALID_REQUEST,
          `Task ${partition} for subtopology ${subtopology} is invalid. Number of tasks for this subtopology: ${count}`,
        );
      }
    }
  }
}

function hasOnlyItsOwn({ assigned }: StreamsMember, owned: TaskAssignment): boolean {
  const roles = ['active', 'standby', 'warmup'] as const;
  return roles.every((role) => isWithin(owned[role], assigned[role]));
}

function isWithin(
  tasks: TopicPartitions,
  others: ReadonlyMap<string, { has(partition: number): boolean }>,
): boolean {
  return [...tasks].every(([subtopology, partitions]) =>
    [...partitions].every((partition) => others.get(subtopology)?.has(partition) ?? false),
  );
}
