import { ERROR } from '../../protocol/errors.ts';
import type { AnyGroup } from './any-group.ts';
import type { ConsumerGroup } from './consumer/consumer-group.ts';
import type { ConsumerMember } from './consumer/consumer-member.ts';
import type { Group } from './group.ts';
import { membershipError } from './membership.ts';
import type { Committer } from './offsets.ts';
import type { StreamsGroup } from './streams/streams-group.ts';

/** A partition whose offset is to be committed, with its topic's id. */
export interface PartitionToCommit {
  readonly topicId: string;
  readonly partition: number;
}

/** Members of the new protocol commit with this version of OffsetCommit or a later one. */
const FIRST_VERSION_WITH_MEMBER_EPOCHS = 9;

/** NONE, or why this client may not commit these offsets for the group now. */
export function commitError(
  group: AnyGroup,
  committer: Committer,
  partitions: readonly PartitionToCommit[],
): number {
  switch (group.type) {
    case 'classic':
      return classicCommitError(group, committer);
    case 'consumer':
      return consumerCommitError(group, committer, partitions);
    case 'share':
      return ERROR.GROUP_ID_NOT_FOUND;
    case 'streams':
      return streamsCommitError(group, committer, partitions);
  }
}

function classicCommitError(group: Group, committer: Committer): number {
  if (group.state === 'Dead') return ERROR.COORDINATOR_NOT_AVAILABLE;
  const { memberId, generationId, instanceId, isTransactional } = committer;
  if (generationId < 0 && group.state === 'Empty') return ERROR.NONE; // No member of it: an administrator, or a client that manages its own partitions.
  if (generationId < 0 && memberId === '' && instanceId === null) {
    return isTransactional ? ERROR.NONE : ERROR.UNKNOWN_MEMBER_ID;
  }
  const error = membershipError(group, memberId, instanceId);
  if (error !== ERROR.NONE) return error;
  if (generationId !== group.generation) return ERROR.ILLEGAL_GENERATION;
  group.members.get(memberId)!.heard();
  return group.state === 'CompletingRebalance' && !isTransactional ? ERROR.REBALANCE_IN_PROGRESS : ERROR.NONE;
}

/** A member may be behind its epoch for partitions that it has held all the while (KAFKA-19862). */
function consumerCommitError(
  group: ConsumerGroup,
  { memberId, generationId, instanceId, isTransactional, apiVersion }: Committer,
  partitions: readonly PartitionToCommit[],
): number {
  if (generationId < 0 && group.isEmpty) return ERROR.NONE;
  if (isTransactional && generationId === -1 && memberId === '' && instanceId === null) return ERROR.NONE;
  const member = group.members.get(memberId);
  if (member === undefined) return ERROR.UNKNOWN_MEMBER_ID;
  if (!isTransactional && member.classic === null && apiVersion < FIRST_VERSION_WITH_MEMBER_EPOCHS) {
    return ERROR.UNSUPPORTED_VERSION;
  }
  if (generationId === member.epoch) return ERROR.NONE;
  const stale =
    member.classic === null && !isTransactional ? ERROR.STALE_MEMBER_EPOCH : ERROR.ILLEGAL_GENERATION;
  if (generationId > member.epoch) return stale;
  const isHeld = (each: PartitionToCommit) => generationId >= heldSince(member, each);
  return partitions.every(isHeld) ? ERROR.NONE : stale;
}

/** As for consumers. Which task an offset belongs to follows from the topics that its subtopology reads. */
function streamsCommitError(
  group: StreamsGroup,
  { memberId, generationId, instanceId, isTransactional, apiVersion }: Committer,
  partitions: readonly PartitionToCommit[],
): number {
  if (generationId < 0 && group.isEmpty) return ERROR.NONE;
  if (isTransactional && generationId === -1 && memberId === '' && instanceId === null) return ERROR.NONE;
  const member = group.members.get(memberId);
  if (member === undefined) return ERROR.UNKNOWN_MEMBER_ID;
  if (!isTransactional && apiVersion < FIRST_VERSION_WITH_MEMBER_EPOCHS) return ERROR.UNSUPPORTED_VERSION;
  if (generationId === member.epoch) return ERROR.NONE;
  const stale = isTransactional ? ERROR.ILLEGAL_GENERATION : ERROR.STALE_MEMBER_EPOCH;
  if (generationId > member.epoch) return stale;
  const isHeld = ({ topicId, partition }: PartitionToCommit) => {
    const subtopology = group.subtopologyReading(group.home.topics.topicById(topicId)?.name ?? '');
    const held = [member.assigned, member.pendingRevocation].map(({ active }) =>
      active.get(subtopology ?? ''),
    );
    const since = held[0]?.get(partition) ?? held[1]?.get(partition) ?? Number.POSITIVE_INFINITY;
    return generationId >= since;
  };
  return partitions.every(isHeld) ? ERROR.NONE : stale;
}

function heldSince(
  { assigned, pendingRevocation }: ConsumerMember,
  { topicId, partition }: PartitionToCommit,
) {
  const since = assigned.get(topicId)?.get(partition) ?? pendingRevocation.get(topicId)?.get(partition);
  return since ?? Number.POSITIVE_INFINITY;
}

/** NONE, or why this client may not read the group's offsets: only members that tell their epoch are checked (OffsetFetch v9). */
export function fetchError(group: AnyGroup, memberId: string | null, memberEpoch: number): number {
  if (group.type === 'classic' || group.type === 'share' || (memberId === null && memberEpoch < 0))
    return ERROR.NONE;
  const member = group.members.get(memberId ?? '');
  if (member === undefined) return ERROR.UNKNOWN_MEMBER_ID;
  if (member.epoch === memberEpoch) return ERROR.NONE;
  const isClassic = 'classic' in member && member.classic !== null;
  return isClassic ? ERROR.ILLEGAL_GENERATION : ERROR.STALE_MEMBER_EPOCH;
}
