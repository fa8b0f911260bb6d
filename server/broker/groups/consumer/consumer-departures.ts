/** How members of a consumer group go: by themselves, or because nothing was heard of them. */
import { ERROR } from '../../../protocol/errors.ts';
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '../../../protocol/messages/consumer-group-heartbeat.ts';
import type { Input } from '../../../protocol/schema.ts';
import type { GroupTable } from '../any-group.ts';
import type { GroupRecord } from '../group-home.ts';
import { GroupRefusal } from '../group-refusal.ts';
import { NO_EPOCHS, type PartitionEpochs } from '../topic-partitions.ts';
import { hashOfTopics } from '../topics-view.ts';
import type { ConsumerGroup } from './consumer-group.ts';

import { type ConsumerMember, MEMBER_STATE, STATIC_LEAVE_EPOCH } from './consumer-member.ts';
import { staticMember, unknownMember } from './consumer-membership.ts';
import { currentRecord, epochRecord, memberTombstones, regexTombstone } from './consumer-records.ts';
import { downgrade, mayDowngradeWithout } from './downgrade.ts';

/** Serves a member's farewell. @throws GroupRefusal */
export async function leaveConsumerGroup(
  shard: GroupTable,
  { groupId, memberId, memberEpoch, instanceId }: ConsumerGroupHeartbeatRequest,
): Promise<Input<ConsumerGroupHeartbeatResponse>> {
  const group = shard.groups.get(groupId);
  if (group?.type !== 'consumer') {
    throw new GroupRefusal(
      ERROR.GROUP_ID_NOT_FOUND,
      group === undefined ? `Group ${groupId} not found.` : `Group ${groupId} is not a consumer group.`,
    );
  }
  const member =
    instanceId === null ? group.members.get(memberId) : staticMember(group, instanceId, memberId);
  if (member === undefined) throw unknownMember(groupId, memberId);
  const errorCode =
    memberEpoch === STATIC_LEAVE_EPOCH
      ? await shard.write([currentRecord(groupId, awayForAWhile(member))])
      : await removeConsumerMembers(shard, group, [member]);
  if (errorCode !== ERROR.NONE) throw new GroupRefusal(errorCode, '');
  return { errorCode, memberId, memberEpoch };
}

/** A static member keeps its place and its partitions until its session ends. */
function awayForAWhile(member: ConsumerMember): ConsumerMember {
  const atEpochZero = (partitions: PartitionEpochs): PartitionEpochs =>
    new Map(
      [...partitions].map(([id, numbers]) => [id, new Map([...numbers.keys()].map((each) => [each, 0]))]),
    );
  return {
    ...member,
    epoch: STATIC_LEAVE_EPOCH,
    assigned: atEpochZero(member.assigned),
    pendingRevocation: NO_EPOCHS,
  };
}

/**
 * Takes members out. When those that stay all speak the classic protocol the group becomes a classic one again
 * (`group.consumer.migration.policy`). @returns Kafka's error code of the write
 */
export function removeConsumerMembers(
  shard: GroupTable,
  group: ConsumerGroup,
  leaving: readonly ConsumerMember[],
): Promise<number> {
  if (leaving.length === 0) return Promise.resolve(ERROR.NONE);
  if (mayDowngradeWithout(group, leaving)) return downgrade(shard, group, { leaving, rebalance: true });
  const records: GroupRecord[] = leaving.flatMap(({ id }) => memberTombstones(group.id, id));
  const staying = [...group.members.values()].filter((member) => !leaving.includes(member));
  for (const regex of group.regexes.keys()) {
    if (!staying.some(({ topicRegex }) => topicRegex === regex))
      records.push(regexTombstone(group.id, regex));
  }
  const hash = hashOfTopics(group.subscribedTopics(staying), shard.topics);
  records.push(epochRecord(group.id, group.epoch + 1, hash));
  for (const { id } of leaving) forgetClocks(group, id);
  return shard.write(records);
}

const sessionClock = (memberId: string) => `session ${memberId}`;
const revocationClock = (memberId: string) => `revocation ${memberId}`;
const joinClock = (memberId: string) => `join ${memberId}`;
const syncClock = (memberId: string) => `sync ${memberId}`;

/** Something was heard of a member: it may be silent again for so long. */
export function watchMember(
  shard: GroupTable,
  group: ConsumerGroup,
  memberId: string,
  timeoutMs: number,
): void {
  group.clocks.set(sessionClock(memberId), timeoutMs, () => fence(shard, group, memberId));
}

/** A member that has to give up partitions has its rebalance timeout for that. */
export function watchRevocation(shard: GroupTable, group: ConsumerGroup, member: ConsumerMember): void {
  if (member.classic !== null) return;
  if (member.state !== MEMBER_STATE.unrevoked) {
    group.clocks.cancel(revocationClock(member.id));
    return;
  }
  const { id, epoch } = member;
  group.clocks.setIfAbsent(revocationClock(id), member.rebalanceTimeoutMs, () => {
    if (group.members.get(id)?.epoch === epoch) fence(shard, group, id);
  });
}

/** A classic member that was told of a rebalance has to join again in time. */
export function watchRejoin(shard: GroupTable, group: ConsumerGroup, member: ConsumerMember): void {
  group.clocks.setIfAbsent(joinClock(member.id), member.rebalanceTimeoutMs, () =>
    fence(shard, group, member.id),
  );
}

/** A classic member that has joined has to ask for its assignment in time. */
export function watchSync(
  shard: GroupTable,
  group: ConsumerGroup,
  memberId: string,
  timeoutMs: number,
): void {
  group.clocks.cancel(joinClock(memberId));
  group.clocks.set(syncClock(memberId), timeoutMs, () => fence(shard, group, memberId));
}

export function syncArrived(group: ConsumerGroup, memberId: string): void {
  group.clocks.cancel(syncClock(memberId));
}

/** The group has just been loaded: nothing is known of when its members were last heard. */
export function watchLoadedMembers(shard: GroupTable, group: ConsumerGroup): void {
  const sessionTimeoutMs = shard.groupNumber(group.id, 'consumer.session.timeout.ms');
  for (const member of group.members.values()) {
    watchMember(shard, group, member.id, sessionTimeoutMs);
    watchRevocation(shard, group, member);
  }
}

function forgetClocks(group: ConsumerGroup, memberId: string): void {
  for (const clock of [sessionClock, revocationClock, joinClock, syncClock])
    group.clocks.cancel(clock(memberId));
}

function fence(shard: GroupTable, group: ConsumerGroup, memberId: string): void {
  const member = group.members.get(memberId);
  if (member !== undefined && shard.groups.get(group.id) === group) {
    void removeConsumerMembers(shard, group, [member]);
  }
}
