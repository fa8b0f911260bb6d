import { randomUUID } from 'node:crypto';
import { ERROR } from '../../../protocol/errors.ts';
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '../../../protocol/messages/consumer-group-heartbeat.ts';
import type { Input } from '../../../protocol/schema.ts';
import type { GroupTable } from '../any-group.ts';
import { sameStrings } from '../assignors/assignor.ts';
import type { GroupRecord } from '../group-home.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { GroupClient } from '../join-group.ts';
import {
  type ListedPartitions,
  listed,
  type PartitionEpochs,
  sameEpochs,
  withoutEpochs,
} from '../topic-partitions.ts';
import { hashOfTopics, topicIdsOf } from '../topics-view.ts';
import { consumerTarget } from './consumer-assignment.ts';
import { leaveConsumerGroup, watchMember, watchRevocation } from './consumer-departures.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import { isReconciledTo } from './consumer-group.ts';
import {
  type ConsumerMember,
  newConsumerMember,
  STATIC_LEAVE_EPOCH,
  sameProfile,
  sameProgress,
} from './consumer-member.ts';
import { staticMember, throwIfFull, unknownMember } from './consumer-membership.ts';
import {
  currentRecord,
  epochRecord,
  memberRecord,
  memberTombstones,
  partitionMetadataTombstone,
  targetRecord,
} from './consumer-records.ts';
import { changeRegex, refreshRegexes } from './consumer-regexes.ts';
import { openConsumerGroup } from './open-consumer-group.ts';
import { reconcile } from './reconcile.ts';

type Answer = Input<ConsumerGroupHeartbeatResponse>;

/** Serves ConsumerGroupHeartbeat (KIP-848) for a group that is led here. @throws GroupRefusal */
export async function consumerHeartbeat(
  shard: GroupTable,
  request: ConsumerGroupHeartbeatRequest,
  client: GroupClient,
): Promise<Answer> {
  const { groupId, memberEpoch, instanceId } = request;
  if (memberEpoch < 0) return leaveConsumerGroup(shard, request);
  const isJoining = memberEpoch === 0;
  const records: GroupRecord[] = [];
  const { group, afterwards } = openConsumerGroup(shard, groupId, isJoining, records);
  const memberId = request.memberId === '' ? randomUUID() : request.memberId;
  throwIfFull(group, request.memberId);
  const { member, replaced } = memberFor(group, memberId, request, records);
  const updated: ConsumerMember = {
    ...member,
    instanceId: instanceId ?? member.instanceId,
    rackId: request.rackId ?? member.rackId,
    rebalanceTimeoutMs:
      request.rebalanceTimeoutMs === -1 ? member.rebalanceTimeoutMs : request.rebalanceTimeoutMs,
    serverAssignor: request.serverAssignor ?? member.serverAssignor,
    topicNames:
      request.subscribedTopicNames === null ? member.topicNames : new Set(request.subscribedTopicNames),
    topicRegex: request.subscribedTopicRegex ?? member.topicRegex,
    clientId: client.clientId,
    clientHost: client.clientHost,
    classic: null,
  };
  const settled = advance(group, member, updated, replaced, request.topicPartitions, records);
  const errorCode = await shard.write(records, () => {
    afterwards?.();
    const now = shard.groups.get(groupId);
    if (now?.type !== 'consumer') return;
    watchMember(shard, now, memberId, shard.groupNumber(groupId, 'consumer.session.timeout.ms'));
    watchRevocation(shard, now, settled);
    refreshRegexes(shard, now);
  });
  if (errorCode !== ERROR.NONE) throw new GroupRefusal(errorCode, '');
  const isFull =
    request.rebalanceTimeoutMs !== -1 &&
    (request.subscribedTopicNames !== null || request.subscribedTopicRegex !== null) &&
    request.topicPartitions !== null;
  const tellsAssignment = isJoining || isFull || !sameEpochs(member.assigned, settled.assigned);
  return {
    errorCode: ERROR.NONE,
    memberId,
    memberEpoch: settled.epoch,
    heartbeatIntervalMs: shard.groupNumber(groupId, 'consumer.heartbeat.interval.ms'),
    assignment: tellsAssignment ? { topicPartitions: listed(withoutEpochs(settled.assigned)) } : null,
  };
}

/**
 * Takes a member's new profile in, makes a new target when one is due, and leads the member towards it. Adds what has to be
 * written to `records`.
 * @param owned what the member says it holds, null when it does not say
 */
export function advance(
  group: ConsumerGroup,
  member: ConsumerMember,
  updated: ConsumerMember,
  replaced: ConsumerMember | null,
  owned: readonly ListedPartitions[] | null,
  records: GroupRecord[],
): ConsumerMember {
  const { groupEpoch, subscriptionChanged, members } = takeProfile(group, member, updated, replaced, records);
  const target = consumerTarget(group, groupEpoch, members, updated);
  records.push(...target.records);
  return progress(group, updated, target, subscriptionChanged, owned, records);
}

/** The first half of `advance`: who the members are now, and the group's epoch that follows from it. */
export function takeProfile(
  group: ConsumerGroup,
  member: ConsumerMember,
  updated: ConsumerMember,
  replaced: ConsumerMember | null,
  records: GroupRecord[],
) {
  let namesChanged = false;
  if (!sameProfile(member, updated)) {
    records.push(memberRecord(group.id, updated));
    namesChanged = !sameStrings(member.topicNames, updated.topicNames);
  }
  const regexChange = changeRegex(group, member, updated, records);
  const members = new Map(group.members);
  if (replaced !== null) members.delete(replaced.id);
  members.set(updated.id, updated);
  let groupEpoch = group.epoch;
  const mustBump = namesChanged || regexChange === 'resolved';
  if (mustBump || group.needsRefresh) {
    const hash = hashOfTopics(group.subscribedTopics(members.values()), group.home.topics);
    if (mustBump || hash !== group.metadataHash) {
      groupEpoch += 1;
      records.push(epochRecord(group.id, groupEpoch, hash));
    }
    group.needsRefresh = false;
    if (group.hasPartitionMetadataRecord) records.push(partitionMetadataTombstone(group.id));
  }
  return { groupEpoch, subscriptionChanged: namesChanged || regexChange !== 'none', members };
}

/** The second half of `advance`: one step of the member towards its target. */
export function progress(
  group: ConsumerGroup,
  member: ConsumerMember,
  { epoch, target }: Pick<ReturnType<typeof consumerTarget>, 'epoch' | 'target'>,
  subscriptionChanged: boolean,
  owned: readonly ListedPartitions[] | null,
  records: GroupRecord[],
): ConsumerMember {
  if (!subscriptionChanged && isReconciledTo(member, epoch)) return member;
  const settled = reconcile(member, {
    targetEpoch: epoch,
    target,
    topicIds: topicIdsOf(group.topicsOf(member), group.home.topics),
    subscriptionChanged,
    owned,
    partitionEpoch: (topicId, partition) => group.partitionEpoch(topicId, partition),
  });
  if (!sameProgress(member, settled)) records.push(currentRecord(group.id, settled));
  return settled;
}

function memberFor(
  group: ConsumerGroup,
  memberId: string,
  { memberEpoch, instanceId, topicPartitions }: ConsumerGroupHeartbeatRequest,
  records: GroupRecord[],
): { member: ConsumerMember; replaced: ConsumerMember | null } {
  const isJoining = memberEpoch === 0;
  if (instanceId === null) {
    const member = group.members.get(memberId);
    if (member === undefined && !isJoining) throw unknownMember(group.id, memberId);
    if (member !== undefined) throwIfEpochIsWrong(member, memberEpoch, topicPartitions);
    return { member: member ?? newConsumerMember(memberId), replaced: null };
  }
  const holder = group.staticMember(instanceId);
  if (!isJoining) {
    const member = staticMember(group, instanceId, memberId);
    throwIfEpochIsWrong(member, memberEpoch, topicPartitions);
    return { member, replaced: null };
  }
  if (holder === undefined)
    return { member: group.members.get(memberId) ?? newConsumerMember(memberId), replaced: null };
  if (holder.classic === null && holder.epoch !== STATIC_LEAVE_EPOCH) {
    throw new GroupRefusal(
      ERROR.UNRELEASED_INSTANCE_ID,
      `Static member ${memberId} with instance id ${instanceId} cannot join the group because the instance id is owned by ${holder.id} member.`,
    );
  }
  return { member: succeed(group, holder, memberId, records), replaced: holder };
}

/** A static member comes back under another member id and takes over what its predecessor had. */
export function succeed(
  group: ConsumerGroup,
  holder: ConsumerMember,
  memberId: string,
  records: GroupRecord[],
): ConsumerMember {
  const member: ConsumerMember = { ...holder, id: memberId, epoch: 0, previousEpoch: 0 };
  records.push(
    ...memberTombstones(group.id, holder.id),
    memberRecord(group.id, member),
    targetRecord(group.id, memberId, group.targetOf(holder)),
    currentRecord(group.id, member),
  );
  return member;
}

/** A member may be one epoch behind when the last answer did not reach it: then it holds nothing but what it was given. */
function throwIfEpochIsWrong(
  member: ConsumerMember,
  received: number,
  owned: readonly ListedPartitions[] | null,
): void {
  if (received === 0 || received === member.epoch) return;
  const isGreater = received > member.epoch;
  if (!isGreater && received === member.previousEpoch && holdsOnly(owned, member.assigned)) return;
  throw new GroupRefusal(
    ERROR.FENCED_MEMBER_EPOCH,
    `The consumer group member has a ${isGreater ? 'greater' : 'smaller'} member epoch (${received}) than the one known ` +
      `by the group coordinator (${member.epoch}). The member must abandon all its partitions and rejoin.`,
  );
}

function holdsOnly(owned: readonly ListedPartitions[] | null, assigned: PartitionEpochs): boolean {
  return (
    owned?.every(({ topicId, partitions }) => {
      const epochs = assigned.get(topicId);
      return epochs !== undefined && partitions.every((partition) => epochs.has(partition));
    }) ?? false
  );
}
