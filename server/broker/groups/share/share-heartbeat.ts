import { ERROR } from '../../../protocol/errors.ts';
import type {
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
} from '../../../protocol/messages/share-group-heartbeat.ts';
import type { Input } from '../../../protocol/schema.ts';
import type { GroupTable } from '../any-group.ts';
import {
  type AssignorMember,
  NO_PARTITIONS,
  sameStrings,
  type TopicPartitions,
} from '../assignors/assignor.ts';
import { simple } from '../assignors/simple.ts';
import type { GroupRecord } from '../group-home.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { GroupClient } from '../join-group.ts';
import { listed, samePartitions } from '../topic-partitions.ts';
import { hashOfTopics, topicIdsOf } from '../topics-view.ts';
import { newShareMember, ShareGroup, type ShareMember } from './share-group.ts';
import { beginInitialization, initialize } from './share-initialization.ts';
import {
  shareCurrentRecord,
  shareEpochRecord,
  shareMemberRecord,
  shareMemberTombstones,
  shareTargetEpochRecord,
  shareTargetRecord,
} from './share-records.ts';
import type { Persister } from './state/persister.ts';

type Answer = Input<ShareGroupHeartbeatResponse>;

const LEAVE_EPOCH = -1;

/** Serves ShareGroupHeartbeat (KIP-932) for a group that is led here. @throws GroupRefusal */
export async function shareHeartbeat(
  shard: GroupTable,
  persister: Persister,
  request: ShareGroupHeartbeatRequest,
  client: GroupClient,
): Promise<Answer> {
  const { groupId, memberId, memberEpoch } = request;
  const isJoining = memberEpoch === 0;
  const group = openShareGroup(shard, groupId, isJoining);
  if (memberEpoch === LEAVE_EPOCH) {
    const member = group.members.get(memberId);
    if (member === undefined) throw unknownMember(groupId, memberId);
    await orThrow(removeShareMember(shard, group, member));
    return { errorCode: ERROR.NONE, memberId, memberEpoch };
  }
  throwIfFull(group, memberId);
  const known = group.members.get(memberId);
  if (known === undefined && !isJoining) throw unknownMember(groupId, memberId);
  const member = known ?? newShareMember(memberId);
  throwIfEpochIsWrong(member, memberEpoch);
  const updated: ShareMember = {
    ...member,
    rackId: request.rackId ?? member.rackId,
    topicNames:
      request.subscribedTopicNames === null ? member.topicNames : new Set(request.subscribedTopicNames),
    clientId: client.clientId,
    clientHost: client.clientHost,
  };
  const records: GroupRecord[] = [];
  const members = new Map(group.members).set(memberId, updated);
  const { groupEpoch, isBumped } = takeProfile(group, member, updated, members, records);
  const target = targetFor(group, groupEpoch, members, updated, records);
  const settled =
    isBumped || updated.epoch !== target.epoch ? reconciled(group, updated, target, records) : updated;
  const initialization = beginInitialization(group, members.values(), groupEpoch, records);
  await orThrow(
    shard.write(records, () => {
      const now = shard.groups.get(groupId);
      if (now?.type !== 'share') return;
      watchShareMember(shard, now, memberId);
      if (initialization !== null) void initialize(shard, persister, groupId, initialization);
    }),
  );
  const tellsAssignment =
    isJoining || request.subscribedTopicNames !== null || !samePartitions(member.assigned, settled.assigned);
  return {
    errorCode: ERROR.NONE,
    memberId,
    memberEpoch: settled.epoch,
    heartbeatIntervalMs: shard.groupNumber(groupId, 'share.heartbeat.interval.ms'),
    assignment: tellsAssignment ? { topicPartitions: listed(settled.assigned) } : null,
  };
}

/** The share group of that id; a new one, not yet known to the shard, when `create` is true. @throws GroupRefusal */
export function openShareGroup(shard: GroupTable, groupId: string, create: boolean): ShareGroup {
  const group = shard.groups.get(groupId);
  if (group?.type === 'share') return group;
  if (group === undefined && create) return new ShareGroup(groupId, shard);
  throw new GroupRefusal(
    ERROR.GROUP_ID_NOT_FOUND,
    group === undefined ? `Group ${groupId} not found.` : `Group ${groupId} is not a share group.`,
  );
}

/** Something was heard of a member: it may be silent again until its session ends. */
export function watchShareMember(shard: GroupTable, group: ShareGroup, memberId: string): void {
  const timeoutMs = shard.groupNumber(group.id, 'share.session.timeout.ms');
  group.clocks.set(`session ${memberId}`, timeoutMs, () => {
    const member = group.members.get(memberId);
    if (member !== undefined && shard.groups.get(group.id) === group)
      void removeShareMember(shard, group, member);
  });
}

function removeShareMember(shard: GroupTable, group: ShareGroup, member: ShareMember): Promise<number> {
  const staying = [...group.members.values()].filter((each) => each !== member);
  const hash = hashOfTopics(group.subscribedTopics(staying), shard.topics);
  group.clocks.cancel(`session ${member.id}`);
  return shard.write([
    ...shareMemberTombstones(group.id, member.id),
    shareEpochRecord(group.id, group.epoch + 1, hash),
  ]);
}

function takeProfile(
  group: ShareGroup,
  member: ShareMember,
  updated: ShareMember,
  members: ReadonlyMap<string, ShareMember>,
  records: GroupRecord[],
): { groupEpoch: number; isBumped: boolean } {
  let isBumped = false;
  if (!sameProfile(member, updated)) {
    records.push(shareMemberRecord(group.id, updated));
    isBumped = !sameStrings(member.topicNames, updated.topicNames);
  }
  if (group.assignmentEpoch >= group.epoch && hasNewPartitions(group)) isBumped = true;
  if (!isBumped && !group.needsRefresh) return { groupEpoch: group.epoch, isBumped };
  const hash = hashOfTopics(group.subscribedTopics(members.values()), group.home.topics);
  if (hash !== group.metadataHash) isBumped = true;
  const groupEpoch = isBumped ? group.epoch + 1 : group.epoch;
  if (isBumped) records.push(shareEpochRecord(group.id, groupEpoch, hash));
  group.needsRefresh = false;
  return { groupEpoch, isBumped };
}

function sameProfile(a: ShareMember, b: ShareMember): boolean {
  return (
    a.rackId === b.rackId &&
    a.clientId === b.clientId &&
    a.clientHost === b.clientHost &&
    sameStrings(a.topicNames, b.topicNames)
  );
}

/** Whether there are partitions with a state that the target assignment does not know. */
function hasNewPartitions(group: ShareGroup): boolean {
  if (group.isEmpty || group.stateTopics === null) return false;
  const subscribed = group.subscribedTopics();
  for (const [topicId, { name, partitions }] of group.stateTopics.initialized) {
    if (!subscribed.has(name)) continue;
    const given = new Set<number>();
    for (const target of group.targets.values())
      for (const each of target.get(topicId) ?? []) given.add(each);
    if (given.size !== partitions.size || [...partitions].some((each) => !given.has(each))) return true;
  }
  return false;
}

interface Target {
  readonly epoch: number;
  readonly partitions: TopicPartitions;
}

function targetFor(
  group: ShareGroup,
  groupEpoch: number,
  members: ReadonlyMap<string, ShareMember>,
  updated: ShareMember,
  records: GroupRecord[],
): Target {
  const last = { epoch: group.assignmentEpoch, partitions: group.targets.get(updated.id) ?? NO_PARTITIONS };
  const { home } = group;
  if (group.assignmentEpoch >= groupEpoch) return last;
  if (!group.mayAssignNow(home.groupNumber(group.id, 'share.assignment.interval.ms'))) return last;
  const specs = new Map<string, AssignorMember>();
  for (const [memberId, { topicNames }] of members) {
    const assigned = group.targets.get(memberId) ?? NO_PARTITIONS;
    specs.set(memberId, { instanceId: null, topicIds: topicIdsOf(topicNames, home.topics), assigned });
  }
  const ready = group.stateTopics?.initialized;
  const assignment = simple({ members: specs }, (topicId) => ready?.get(topicId)?.partitions ?? []);
  for (const memberId of specs.keys()) {
    const target = assignment.get(memberId) ?? NO_PARTITIONS;
    const old = group.targets.get(memberId);
    if (old === undefined || !samePartitions(old, target)) {
      records.push(shareTargetRecord(group.id, memberId, target));
    }
  }
  records.push(shareTargetEpochRecord(group.id, groupEpoch, home.now()));
  return { epoch: groupEpoch, partitions: assignment.get(updated.id) ?? NO_PARTITIONS };
}

/** A share member gets its target at once: it shares what it has, so there is nothing to wait for. */
function reconciled(
  group: ShareGroup,
  member: ShareMember,
  { epoch, partitions }: Target,
  records: GroupRecord[],
): ShareMember {
  const topicIds = topicIdsOf(member.topicNames, group.home.topics);
  const assigned = new Map([...partitions].filter(([topicId]) => topicIds.has(topicId)));
  if (member.epoch === epoch && samePartitions(member.assigned, assigned)) return member;
  const settled = { ...member, epoch, previousEpoch: member.epoch, assigned };
  records.push(shareCurrentRecord(group.id, settled));
  return settled;
}

function throwIfFull(group: ShareGroup, memberId: string): void {
  const { shareMaxSize } = group.home.settings;
  if (group.members.size < shareMaxSize || group.members.has(memberId)) return;
  throw new GroupRefusal(
    ERROR.GROUP_MAX_SIZE_REACHED,
    `The share group has reached its maximum capacity of ${shareMaxSize} members.`,
  );
}

function throwIfEpochIsWrong(member: ShareMember, received: number): void {
  if (received === 0 || received === member.epoch) return;
  if (received < member.epoch && received === member.previousEpoch) return;
  const rejoin = 'The member must abandon all its partitions and rejoin.';
  throw new GroupRefusal(
    ERROR.FENCED_MEMBER_EPOCH,
    received > member.epoch
      ? `The share group member has a greater member epoch (${received}) than the one known by the group coordinator (${member.epoch}). ${rejoin}`
      : `The share group member has a smaller member epoch (${received}) than the one known by the group coordinator (${member.epoch}), ` +
          `and it does not match the previous member epoch (${member.previousEpoch}). ${rejoin}`,
  );
}

function unknownMember(groupId: string, memberId: string): GroupRefusal {
  return new GroupRefusal(ERROR.UNKNOWN_MEMBER_ID, `Member ${memberId} is not a member of group ${groupId}.`);
}

async function orThrow(writing: Promise<number>): Promise<void> {
  const errorCode = await writing;
  if (errorCode !== ERROR.NONE) throw new GroupRefusal(errorCode, '');
}
