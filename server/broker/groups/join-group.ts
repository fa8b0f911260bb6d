import { randomUUID } from 'node:crypto';
import { ERROR } from '../../protocol/errors.ts';
import type { JoinGroupRequest } from '../../protocol/messages/join-group.ts';
import type { Group } from './group.ts';
import { groupRecord } from './group-records.ts';
import { type JoinAnswer, Member, type MemberProtocol } from './member.ts';
import { membershipError } from './membership.ts';
import {
  completeJoinIfAllAreHere,
  dismiss,
  joinAnswer,
  memberLeft,
  membersFor,
  removeMember,
  startRebalance,
  watchMember,
} from './rebalance.ts';

/** Who sends a request of the group protocol. */
export interface GroupClient {
  readonly clientId: string;
  readonly clientHost: string;
  readonly apiVersion: number;
}

/** Members that join without an id are sent away with one from this version of JoinGroup on (KIP-394). */
export const MEMBER_ID_REQUIRED_SINCE = 4;
/** A static leader that comes back learns from this version on that it need not assign anew (KIP-814). */
const SKIP_ASSIGNMENT_SINCE = 9;

/** Serves JoinGroup for a group that is led here. The request's session timeout and group id have been checked. */
export function joinGroup(
  group: Group,
  request: JoinGroupRequest,
  client: GroupClient,
): Promise<JoinAnswer> | JoinAnswer {
  const { memberId } = request;
  if (group.state === 'Dead') return refusal(ERROR.COORDINATOR_NOT_AVAILABLE, memberId);
  if (isFullFor(group, memberId, request.groupInstanceId))
    return refusal(ERROR.GROUP_MAX_SIZE_REACHED, memberId);
  const protocols = request.protocols.map(({ name, metadata }) => ({
    name,
    metadata: Buffer.from(metadata),
  }));
  if (!group.accepts(request.protocolType, protocols)) {
    return refusal(ERROR.INCONSISTENT_GROUP_PROTOCOL, memberId);
  }
  const join = { group, request, client, protocols };
  if (memberId !== '') return rejoin(join);
  return request.groupInstanceId === null ? joinAsDynamic(join) : joinAsStatic(join, request.groupInstanceId);
}

/**
 * A client hung up while it waited to join for the first time. Kafka, which does not look, would keep the rebalance waiting
 * for it until its session ends.
 */
export function abandonJoin(group: Group | undefined, memberId: string): void {
  const member = group?.members.get(memberId);
  if (group !== undefined && member?.isNew && member.awaitsJoin) removeMember(group, member);
}

interface Join {
  readonly group: Group;
  readonly request: JoinGroupRequest;
  readonly client: GroupClient;
  readonly protocols: readonly MemberProtocol[];
}

export function refusal(errorCode: number, memberId: string): JoinAnswer {
  return { errorCode, memberId, generationId: -1 };
}

function isFullFor(group: Group, memberId: string, instanceId: string | null): boolean {
  const { maxSize } = group.home.settings;
  const isMember = group.members.has(memberId) || (instanceId !== null && group.staticMemberId(instanceId));
  if (isMember) return false;
  const taken = group.members.size + group.pendingJoins.size - (group.isPendingJoin(memberId) ? 1 : 0);
  return taken >= maxSize;
}

function joinAsDynamic(join: Join): Promise<JoinAnswer> | JoinAnswer {
  const { group, request, client } = join;
  const memberId = `${client.clientId}-${randomUUID()}`;
  if (client.apiVersion < MEMBER_ID_REQUIRED_SINCE) return addAndRebalance(join, memberId);
  const clock = setTimeout(() => {
    group.forgetPendingJoin(memberId);
    memberLeft(group);
  }, request.sessionTimeoutMs);
  clock.unref();
  group.pendingJoins.set(memberId, clock);
  return refusal(ERROR.MEMBER_ID_REQUIRED, memberId);
}

function joinAsStatic(join: Join, instanceId: string): Promise<JoinAnswer> | JoinAnswer {
  const { group } = join;
  const memberId = `${instanceId}-${randomUUID()}`;
  const predecessor = group.members.get(group.staticMemberId(instanceId) ?? '');
  return predecessor === undefined ? addAndRebalance(join, memberId) : succeed(join, predecessor, memberId);
}

function rejoin(join: Join): Promise<JoinAnswer> | JoinAnswer {
  const { group, request, protocols } = join;
  const { memberId } = request;
  if (group.isPendingJoin(memberId)) {
    if (request.groupInstanceId !== null) return refusal(ERROR.UNKNOWN_MEMBER_ID, memberId);
    return addAndRebalance(join, memberId);
  }
  const error = membershipError(group, memberId, request.groupInstanceId);
  if (error !== ERROR.NONE) return refusal(error, memberId);
  const member = group.members.get(memberId)!;
  switch (group.state) {
    case 'CompletingRebalance':
      // Its answer got lost: nothing has changed, so it gets the same again.
      if (member.offers(protocols)) return joinAnswer(group, member);
      return updateAndRebalance(join, member);
    case 'Stable': {
      const changesGroup = member.id === group.leaderId || !member.offers(protocols);
      if (changesGroup) return updateAndRebalance(join, member);
      return { ...joinAnswer(group, member), members: [] };
    }
    case 'PreparingRebalance':
      return updateAndRebalance(join, member);
    default:
      return refusal(ERROR.UNKNOWN_MEMBER_ID, memberId);
  }
}

function newMember({ request, client, protocols }: Join, memberId: string): Member {
  return new Member({
    id: memberId,
    instanceId: request.groupInstanceId,
    clientId: client.clientId,
    clientHost: client.clientHost,
    sessionTimeoutMs: request.sessionTimeoutMs,
    // Before v1 the session timeout was also the rebalance timeout.
    rebalanceTimeoutMs:
      request.rebalanceTimeoutMs < 0 ? request.sessionTimeoutMs : request.rebalanceTimeoutMs,
    protocols,
  });
}

function addAndRebalance(join: Join, memberId: string): Promise<JoinAnswer> {
  const { group, request } = join;
  const member = newMember(join, memberId);
  group.forgetPendingJoin(memberId);
  if (group.members.size === 0) group.protocolType = request.protocolType;
  group.add(member);
  group.joinedDuringDelay = true;
  member.isNew = true;
  const answer = member.waitForJoin();
  watchMember(group, member);
  if (group.state === 'PreparingRebalance') completeJoinIfAllAreHere(group);
  else startRebalance(group);
  return answer;
}

function updateAndRebalance({ group, request, protocols }: Join, member: Member): Promise<JoinAnswer> {
  member.protocols = protocols;
  member.sessionTimeoutMs = request.sessionTimeoutMs;
  member.rebalanceTimeoutMs =
    request.rebalanceTimeoutMs < 0 ? request.sessionTimeoutMs : request.rebalanceTimeoutMs;
  const answer = member.waitForJoin();
  watchMember(group, member);
  if (group.state === 'PreparingRebalance') completeJoinIfAllAreHere(group);
  else startRebalance(group);
  return answer;
}

/** A static member comes back under a new member id: the old one is fenced and its place and assignment live on. */
async function succeed(join: Join, old: Member, memberId: string): Promise<JoinAnswer> {
  const { group, client } = join;
  const formerLeader = group.leaderId;
  const successor = newMember(join, memberId);
  successor.assignment = old.assignment;
  group.replace(old, successor);
  dismiss(old, ERROR.FENCED_INSTANCE_ID);
  watchMember(group, successor);
  if (group.state !== 'Stable') {
    const answer = successor.waitForJoin();
    if (group.state === 'PreparingRebalance') completeJoinIfAllAreHere(group);
    else startRebalance(group);
    return answer;
  }
  const sameSubscription =
    group.protocol !== null && old.metadataFor(group.protocol).equals(successor.metadataFor(group.protocol));
  if (group.selectProtocol() !== group.protocol || !sameSubscription) {
    const answer = successor.waitForJoin();
    startRebalance(group);
    return answer;
  }
  const assignments = new Map([...group.members.values()].map(({ id, assignment }) => [id, assignment]));
  const errorCode = await group.home.append([groupRecord(group, assignments)]);
  if (errorCode !== ERROR.NONE) return refusal(errorCode, memberId);
  const isLeader = group.leaderId === memberId;
  const answer = joinAnswer(group, successor);
  if (client.apiVersion >= SKIP_ASSIGNMENT_SINCE) {
    const members = isLeader ? membersFor(group, group.protocol ?? '') : [];
    return { ...answer, skipAssignment: isLeader, members };
  }
  // An older client that is told it leads would assign anew: it is told the leader's former id instead.
  return { ...answer, leader: formerLeader ?? '', members: [] };
}
