/** What members say once they are in: heartbeats, asking for their assignment, leaving. */
import { ERROR } from '../../protocol/errors.ts';
import type { SyncGroupRequest } from '../../protocol/messages/sync-group.ts';
import type { Group } from './group.ts';
import type { SyncAnswer } from './member.ts';
import {
  memberLeft,
  removeMember,
  settleAssignments,
  syncAnswer,
  syncArrived,
  watchMember,
} from './rebalance.ts';

/** NONE, or why the two ids do not name a member: UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID (another took its place). */
export function membershipError(group: Group, memberId: string, instanceId: string | null): number {
  if (instanceId !== null) {
    const holder = group.staticMemberId(instanceId);
    if (holder === undefined) return ERROR.UNKNOWN_MEMBER_ID;
    if (holder !== memberId) return ERROR.FENCED_INSTANCE_ID;
  }
  return group.members.has(memberId) ? ERROR.NONE : ERROR.UNKNOWN_MEMBER_ID;
}

/** Serves SyncGroup: resolves when the leader's assignment is known and written down. */
export function syncGroup(group: Group, request: SyncGroupRequest): Promise<SyncAnswer> | SyncAnswer {
  const error = syncError(group, request);
  if (error !== ERROR.NONE) return { errorCode: error };
  const member = group.members.get(request.memberId)!;
  switch (group.state) {
    case 'PreparingRebalance':
      return { errorCode: ERROR.REBALANCE_IN_PROGRESS };
    case 'CompletingRebalance': {
      const answer = member.waitForSync();
      syncArrived(group, member);
      if (member.id === group.leaderId) {
        const assignments = new Map(
          request.assignments.map(({ memberId, assignment }) => [memberId, Buffer.from(assignment)]),
        );
        void settleAssignments(group, assignments);
      }
      return answer;
    }
    case 'Stable':
      syncArrived(group, member);
      watchMember(group, member);
      return syncAnswer(group, member);
    default:
      return { errorCode: ERROR.UNKNOWN_MEMBER_ID };
  }
}

function syncError(group: Group, request: SyncGroupRequest): number {
  if (group.state === 'Dead') return ERROR.COORDINATOR_NOT_AVAILABLE;
  const error = membershipError(group, request.memberId, request.groupInstanceId);
  if (error !== ERROR.NONE) return error;
  if (request.generationId !== group.generation) return ERROR.ILLEGAL_GENERATION;
  // Both are told since v5; before, they are null.
  const otherType = request.protocolType !== null && request.protocolType !== group.protocolType;
  const otherName =
    request.protocolName !== null && group.protocol !== null && request.protocolName !== group.protocol;
  return otherType || otherName ? ERROR.INCONSISTENT_GROUP_PROTOCOL : ERROR.NONE;
}

/** Serves Heartbeat: a Kafka error code, REBALANCE_IN_PROGRESS when the member should join again. */
export function heartbeat(
  group: Group,
  memberId: string,
  generationId: number,
  instanceId: string | null,
): number {
  if (group.state === 'Dead') return ERROR.COORDINATOR_NOT_AVAILABLE;
  const error = membershipError(group, memberId, instanceId);
  if (error !== ERROR.NONE) return error;
  if (generationId !== group.generation) return ERROR.ILLEGAL_GENERATION;
  if (group.state === 'Empty') return ERROR.UNKNOWN_MEMBER_ID;
  group.members.get(memberId)!.heard();
  return group.state === 'PreparingRebalance' ? ERROR.REBALANCE_IN_PROGRESS : ERROR.NONE;
}

/**
 * Takes one member out at once. A static member may be named by its instance id alone, as an administrator does.
 * @returns NONE, UNKNOWN_MEMBER_ID or FENCED_INSTANCE_ID
 */
export function leaveGroup(group: Group, memberId: string, instanceId: string | null): number {
  if (group.state === 'Dead') return ERROR.COORDINATOR_NOT_AVAILABLE;
  if (group.isPendingJoin(memberId)) {
    if (instanceId !== null) return ERROR.UNKNOWN_MEMBER_ID;
    group.forgetPendingJoin(memberId);
    memberLeft(group);
    return ERROR.NONE;
  }
  const id = memberId === '' && instanceId !== null ? (group.staticMemberId(instanceId) ?? '') : memberId;
  const error = membershipError(group, id, instanceId);
  if (error === ERROR.NONE) removeMember(group, group.members.get(id)!);
  return error;
}
