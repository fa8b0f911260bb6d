/** Members of a consumer group that speak the classic protocol: an application in the middle of a rolling upgrade. */
import { randomUUID } from 'node:crypto';
import { ERROR } from '../../../protocol/errors.ts';
import type { HeartbeatRequest } from '../../../protocol/messages/heartbeat.ts';
import type { JoinGroupRequest } from '../../../protocol/messages/join-group.ts';
import type { SyncGroupRequest } from '../../../protocol/messages/sync-group.ts';
import type { GroupTable } from '../any-group.ts';
import type { GroupRecord } from '../group-home.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { GroupClient } from '../join-group.ts';
import { MEMBER_ID_REQUIRED_SINCE } from '../join-group.ts';
import type { JoinAnswer, SyncAnswer } from '../member.ts';
import { withoutEpochs } from '../topic-partitions.ts';
import {
  removeConsumerMembers,
  syncArrived,
  watchMember,
  watchRejoin,
  watchSync,
} from './consumer-departures.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import { advance, progress, succeed, takeProfile } from './consumer-heartbeat.ts';
import { type ConsumerMember, MEMBER_STATE, newConsumerMember } from './consumer-member.ts';
import { staticMember, throwIfFull, unknownMember } from './consumer-membership.ts';
import { ownedIn, readSubscription, writeAssignment } from './consumer-protocol.ts';
import { downgrade, mayDowngradeReplacing } from './downgrade.ts';

/** Serves JoinGroup for a consumer group with members. @throws GroupRefusal */
export async function joinConsumerGroup(
  shard: GroupTable,
  group: ConsumerGroup,
  request: JoinGroupRequest,
  client: GroupClient,
): Promise<JoinAnswer> {
  const { groupInstanceId: instanceId, protocols } = request;
  if (shard.settings.consumerMigrationPolicy === 'disabled') {
    throw new GroupRefusal(
      ERROR.INCONSISTENT_GROUP_PROTOCOL,
      `Cannot join the consumer group ${group.id} with the classic protocol because the group migration is disabled.`,
    );
  }
  const isNew = request.memberId === '';
  const memberId = isNew ? randomUUID() : request.memberId;
  throwIfFull(group, memberId);
  if (!takesProtocols(group, request)) {
    throw new GroupRefusal(
      ERROR.INCONSISTENT_GROUP_PROTOCOL,
      `Member ${memberId}'s protocols are not supported.`,
    );
  }
  if (isNew && instanceId === null && client.apiVersion >= MEMBER_ID_REQUIRED_SINCE) {
    return { errorCode: ERROR.MEMBER_ID_REQUIRED, memberId };
  }
  const records: GroupRecord[] = [];
  const holder = group.staticMember(instanceId);
  const member = joiningMember(group, memberId, instanceId, isNew, records);
  const subscription = readSubscription(Buffer.from(protocols[0]!.metadata));
  const updated: ConsumerMember = {
    ...member,
    instanceId: instanceId ?? member.instanceId,
    rackId: subscription.rackId || member.rackId,
    rebalanceTimeoutMs:
      request.rebalanceTimeoutMs === -1 ? member.rebalanceTimeoutMs : request.rebalanceTimeoutMs,
    topicNames: new Set(subscription.topics),
    topicRegex: '',
    clientId: client.clientId,
    clientHost: client.clientHost,
    classic: {
      sessionTimeoutMs: request.sessionTimeoutMs,
      supportedProtocols: protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })),
    },
  };
  const replaced = holder !== undefined && holder.id !== memberId ? holder : null;
  const owned = ownedIn(subscription, shard.topics);
  let settled = updated;
  let errorCode: number;
  if (holder !== undefined && mayDowngradeReplacing(group, holder)) {
    const { groupEpoch, subscriptionChanged } = takeProfile(group, member, updated, replaced, records);
    const rebalance = group.assignmentEpoch < groupEpoch;
    const target = { epoch: group.assignmentEpoch, target: group.targetOf(updated) };
    if (!rebalance) settled = progress(group, updated, target, subscriptionChanged, owned, records);
    errorCode = await downgrade(shard, group, {
      joining: { member: settled, replaced: holder },
      rebalance,
      records,
    });
  } else {
    settled = advance(group, member, updated, replaced, owned, records);
    errorCode = await shard.write(records);
    const now = shard.groups.get(group.id);
    if (errorCode === ERROR.NONE && now?.type === 'consumer') {
      watchMember(shard, now, memberId, request.sessionTimeoutMs);
      watchSync(shard, now, memberId, settled.rebalanceTimeoutMs);
    }
  }
  if (errorCode !== ERROR.NONE) throw new GroupRefusal(errorCode, '');
  return {
    errorCode,
    memberId,
    generationId: settled.epoch,
    protocolType: 'consumer',
    protocolName: protocols[0]!.name,
  };
}

/** Serves SyncGroup for a classic member. @throws GroupRefusal */
export function syncConsumerGroup(
  shard: GroupTable,
  group: ConsumerGroup,
  request: SyncGroupRequest,
): SyncAnswer {
  const { memberId, protocolType, protocolName } = request;
  const { member, classic } = classicMember(group, memberId, request.groupInstanceId, request.generationId);
  const told = classic.supportedProtocols[0]!;
  if ((protocolType ?? 'consumer') !== 'consumer' || (protocolName ?? told.name) !== told.name) {
    throw new GroupRefusal(
      ERROR.INCONSISTENT_GROUP_PROTOCOL,
      `The protocol of member ${memberId}'s request is not the one returned in the join response.`,
    );
  }
  if (group.assignmentEpoch > member.epoch && member.state !== MEMBER_STATE.unrevoked) {
    watchRejoin(shard, group, member);
    throw new GroupRefusal(
      ERROR.REBALANCE_IN_PROGRESS,
      `A new rebalance is triggered in group ${group.id} and member ${memberId} should rejoin to catch up.`,
    );
  }
  syncArrived(group, memberId);
  watchMember(shard, group, memberId, classic.sessionTimeoutMs);
  const assignment = writeAssignment(withoutEpochs(member.assigned), told.metadata, shard.topics);
  return { errorCode: ERROR.NONE, protocolType, protocolName, assignment };
}

/** Serves Heartbeat for a classic member: NONE, or REBALANCE_IN_PROGRESS when it should join again. @throws GroupRefusal */
export function heartbeatToConsumerGroup(
  shard: GroupTable,
  group: ConsumerGroup,
  request: HeartbeatRequest,
): number {
  const { memberId, groupInstanceId, generationId } = request;
  const { member, classic } = classicMember(group, memberId, groupInstanceId, generationId);
  watchMember(shard, group, memberId, classic.sessionTimeoutMs);
  const mayGoOn =
    member.epoch >= group.assignmentEpoch &&
    member.state !== MEMBER_STATE.unrevoked &&
    (member.state !== MEMBER_STATE.unreleased || group.waitsForOthers(member));
  if (mayGoOn) return ERROR.NONE;
  watchRejoin(shard, group, member);
  return ERROR.REBALANCE_IN_PROGRESS;
}

/** Serves LeaveGroup: takes out those that are there and tells of each what became of it. */
export async function leaveConsumerGroupAsClassic(
  shard: GroupTable,
  group: ConsumerGroup,
  leaving: readonly { readonly memberId: string; readonly groupInstanceId: string | null }[],
): Promise<number[]> {
  const members = new Set<ConsumerMember>();
  const codes = leaving.map(({ memberId, groupInstanceId }) => {
    const member =
      groupInstanceId === null ? group.members.get(memberId) : group.staticMember(groupInstanceId);
    if (member === undefined) return ERROR.UNKNOWN_MEMBER_ID;
    if (groupInstanceId !== null && memberId !== '' && member.id !== memberId)
      return ERROR.FENCED_INSTANCE_ID;
    members.add(member);
    return ERROR.NONE;
  });
  const errorCode = await removeConsumerMembers(shard, group, [...members]);
  return errorCode === ERROR.NONE ? codes : leaving.map(() => errorCode);
}

function joiningMember(
  group: ConsumerGroup,
  memberId: string,
  instanceId: string | null,
  isNew: boolean,
  records: GroupRecord[],
): ConsumerMember {
  if (instanceId === null) return group.members.get(memberId) ?? newConsumerMember(memberId);
  if (!isNew) return staticMember(group, instanceId, memberId);
  const holder = group.staticMember(instanceId);
  return holder === undefined ? newConsumerMember(memberId) : succeed(group, holder, memberId, records);
}

/** Whether one of its assignors is one that all classic members have. */
function takesProtocols(group: ConsumerGroup, { protocolType, protocols }: JoinGroupRequest): boolean {
  if (protocolType !== 'consumer') return false;
  const others = group.classicMembers;
  return protocols.some(({ name }) =>
    others.every(({ classic }) => classic!.supportedProtocols.some((own) => own.name === name)),
  );
}

function classicMember(
  group: ConsumerGroup,
  memberId: string,
  instanceId: string | null,
  generationId: number,
) {
  const member =
    instanceId === null ? group.members.get(memberId) : staticMember(group, instanceId, memberId);
  if (member === undefined) throw unknownMember(group.id, memberId);
  if (member.classic === null) {
    throw new GroupRefusal(ERROR.UNKNOWN_MEMBER_ID, `Member ${memberId} does not use the classic protocol.`);
  }
  if (member.epoch !== generationId) {
    throw new GroupRefusal(
      ERROR.ILLEGAL_GENERATION,
      `The request generation id ${generationId} is not equal to the member epoch ${member.epoch} of member ${memberId}.`,
    );
  }
  return { member, classic: member.classic };
}
