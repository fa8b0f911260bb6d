/**
 * The steps of a rebalance: waiting for the members to join (PreparingRebalance), handing the leader the list of them
 * (CompletingRebalance), handing out what it assigned (Stable).
 */
import { ERROR } from '../../protocol/errors.ts';
import type { Group } from './group.ts';
import { groupRecord } from './group-records.ts';
import type { Member } from './member.ts';

/** A member that joins for the first time can't send heartbeats while it waits; after so long it is given up. */
const NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60_000;

function unreferenced(callback: () => void, ms: number): NodeJS.Timeout {
  const clock = setTimeout(callback, ms);
  clock.unref();
  return clock;
}

/** Watches a member for as long as it may be silent now. */
export function watchMember(group: Group, member: Member): void {
  const timeoutMs = member.isNew ? NEW_MEMBER_JOIN_TIMEOUT_MS : member.sessionTimeoutMs;
  member.watch(timeoutMs, () => removeMember(group, member));
}

/** Takes a member out and lets the others rebalance. What it still waits for is answered with UNKNOWN_MEMBER_ID. */
export function removeMember(group: Group, member: Member): void {
  if (group.members.get(member.id) !== member) return;
  group.remove(member);
  dismiss(member, ERROR.UNKNOWN_MEMBER_ID);
  memberLeft(group);
}

/** Answers whatever a member waits for with an error. */
export function dismiss(member: Member, errorCode: number): void {
  member.answerJoin({ errorCode, memberId: member.id, generationId: -1 });
  member.answerSync({ errorCode });
}

/** To be called after a member or a pending member has gone. */
export function memberLeft(group: Group): void {
  if (group.state === 'Stable' || group.state === 'CompletingRebalance') startRebalance(group);
  else if (group.state === 'PreparingRebalance') completeJoinIfAllAreHere(group);
}

/** Starts a rebalance unless one is being prepared already. */
export function startRebalance(group: Group): void {
  const { state } = group;
  if (state !== 'Empty' && state !== 'Stable' && state !== 'CompletingRebalance') return;
  if (state === 'CompletingRebalance') {
    for (const member of group.members.values()) {
      member.assignment = Buffer.alloc(0);
      if (member.awaitsSync) {
        member.answerSync({ errorCode: ERROR.REBALANCE_IN_PROGRESS });
        watchMember(group, member);
      }
    }
  }
  stopWaitingForSyncs(group);
  group.enter('PreparingRebalance');
  if (state === 'Empty') {
    waitForMoreMembers(group, group.rebalanceTimeoutMs);
    return;
  }
  group.joinClock = unreferenced(() => completeJoin(group), group.rebalanceTimeoutMs);
  completeJoinIfAllAreHere(group);
}

/** An empty group waits a little for its other members, and again for each delay in which one came (KIP-134). */
function waitForMoreMembers(group: Group, remainingMs: number): void {
  const delayMs = Math.min(group.home.settings.initialRebalanceDelayMs, remainingMs);
  group.inInitialDelay = true;
  group.joinedDuringDelay = false;
  group.joinClock = unreferenced(() => {
    const restMs = remainingMs - delayMs;
    if (group.joinedDuringDelay && restMs > 0) {
      waitForMoreMembers(group, restMs);
      return;
    }
    group.inInitialDelay = false;
    completeJoin(group);
  }, delayMs);
}

export function completeJoinIfAllAreHere(group: Group): void {
  if (group.state !== 'PreparingRebalance' || group.inInitialDelay || group.pendingJoins.size > 0) return;
  for (const member of group.members.values()) if (!member.awaitsJoin) return;
  completeJoin(group);
}

function completeJoin(group: Group): void {
  if (group.state !== 'PreparingRebalance') return;
  if (group.joinClock !== null) clearTimeout(group.joinClock);
  group.joinClock = null;
  for (const member of [...group.members.values()]) {
    if (!member.awaitsJoin && member.instanceId === null) group.remove(member);
  }
  if (group.members.size > 0 && !electLeaderAmongJoined(group)) {
    // Only static members that have not come back: they keep their places until their sessions end (KIP-345).
    group.joinClock = unreferenced(() => completeJoin(group), group.rebalanceTimeoutMs);
    return;
  }
  group.generation += 1;
  if (group.members.size === 0) {
    group.protocol = null;
    group.leaderId = null;
    group.enter('Empty');
    void group.home.append([groupRecord(group, new Map())]);
    return;
  }
  group.protocol = group.selectProtocol();
  group.enter('CompletingRebalance');
  stopWaitingForSyncs(group);
  for (const member of group.members.values()) group.pendingSyncs.add(member.id);
  for (const member of [...group.members.values()]) {
    member.answerJoin(joinAnswer(group, member));
    watchMember(group, member);
  }
  waitForSyncs(group);
}

function electLeaderAmongJoined(group: Group): boolean {
  if (group.leaderId !== null && group.members.get(group.leaderId)?.awaitsJoin) return true;
  for (const member of group.members.values()) {
    if (member.awaitsJoin) {
      group.leaderId = member.id;
      return true;
    }
  }
  return false;
}

/** What a member is told of the group's generation: the leader also who the members are. */
export function joinAnswer(group: Group, member: Member) {
  const protocol = group.protocol ?? '';
  const isLeader = member.id === group.leaderId;
  return {
    errorCode: ERROR.NONE,
    generationId: group.generation,
    protocolType: group.protocolType,
    protocolName: protocol,
    leader: group.leaderId ?? '',
    memberId: member.id,
    members: isLeader ? membersFor(group, protocol) : [],
  };
}

/** The members as the leader's assignor needs them. */
export function membersFor(group: Group, protocol: string) {
  return [...group.members.values()].map((member) => ({
    memberId: member.id,
    groupInstanceId: member.instanceId,
    metadata: member.metadataFor(protocol),
  }));
}

function waitForSyncs(group: Group): void {
  const { generation } = group;
  group.syncClock = unreferenced(() => {
    group.syncClock = null;
    if (group.generation !== generation || group.pendingSyncs.size === 0) return;
    for (const memberId of [...group.pendingSyncs]) {
      const member = group.members.get(memberId);
      if (member === undefined) continue;
      group.remove(member);
      dismiss(member, ERROR.UNKNOWN_MEMBER_ID);
    }
    group.pendingSyncs.clear();
    memberLeft(group);
  }, group.rebalanceTimeoutMs);
}

function stopWaitingForSyncs(group: Group): void {
  if (group.syncClock !== null) clearTimeout(group.syncClock);
  group.syncClock = null;
  group.pendingSyncs.clear();
}

/** A member has asked for its assignment. */
export function syncArrived(group: Group, member: Member): void {
  group.pendingSyncs.delete(member.id);
  if (group.pendingSyncs.size === 0) stopWaitingForSyncs(group);
}

/** What a member is to work on. */
export function syncAnswer(group: Group, member: Member) {
  return {
    errorCode: ERROR.NONE,
    protocolType: group.protocolType,
    protocolName: group.protocol,
    assignment: member.assignment,
  };
}

/** Writes down what the leader assigned, then hands it out. A rebalance that has begun meanwhile makes it void. */
export async function settleAssignments(
  group: Group,
  assignments: ReadonlyMap<string, Buffer>,
): Promise<void> {
  const { generation } = group;
  const errorCode = await group.home.append([groupRecord(group, assignments)]);
  if (group.state !== 'CompletingRebalance' || group.generation !== generation) return;
  if (errorCode !== ERROR.NONE) {
    for (const member of group.members.values()) {
      member.assignment = Buffer.alloc(0);
      member.answerSync({ errorCode });
    }
    startRebalance(group);
    return;
  }
  group.enter('Stable');
  for (const member of group.members.values()) {
    member.assignment = assignments.get(member.id) ?? Buffer.alloc(0);
    if (!member.awaitsSync) continue;
    member.answerSync(syncAnswer(group, member));
    watchMember(group, member);
  }
}
