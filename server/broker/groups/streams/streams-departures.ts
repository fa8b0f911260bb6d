/** How members of a streams group go: by themselves, or because nothing was heard of them. */
import { ERROR } from '../../../protocol/errors.ts';
import type {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
} from '../../../protocol/messages/streams-group-heartbeat.ts';
import type { Input } from '../../../protocol/schema.ts';
import type { GroupTable } from '../any-group.ts';
import { GroupRefusal } from '../group-refusal.ts';
import { STREAMS_MEMBER_STATE, type StreamsGroup, type StreamsMember } from './streams-group.ts';
import { openStreamsGroup } from './streams-membership.ts';
import { streamsEpochRecord, streamsMemberTombstones } from './streams-records.ts';

/** Serves a member's farewell. @throws GroupRefusal */
export async function leaveStreamsGroup(
  shard: GroupTable,
  { groupId, memberId, memberEpoch, shutdownApplication }: StreamsGroupHeartbeatRequest,
): Promise<Input<StreamsGroupHeartbeatResponse>> {
  const group = openStreamsGroup(shard, groupId, false, []);
  if (shutdownApplication) group.shutdownRequestedBy ??= memberId;
  const member = group.members.get(memberId);
  if (member === undefined) {
    throw new GroupRefusal(
      ERROR.UNKNOWN_MEMBER_ID,
      `Member ${memberId} is not a member of group ${groupId}.`,
    );
  }
  const errorCode = await removeStreamsMember(shard, group, member);
  if (errorCode !== ERROR.NONE) throw new GroupRefusal(errorCode, '');
  return { errorCode, memberId, memberEpoch, status: [] };
}

/** Something was heard of a member: it may be silent again until its session ends. */
export function watchStreamsMember(shard: GroupTable, group: StreamsGroup, memberId: string): void {
  const timeoutMs = shard.groupNumber(group.id, 'streams.session.timeout.ms');
  group.clocks.set(`session ${memberId}`, timeoutMs, () => fence(shard, group, memberId));
}

/** A member that has to give up tasks has its rebalance timeout for that. */
export function watchRevocation(shard: GroupTable, group: StreamsGroup, member: StreamsMember): void {
  const clock = `revocation ${member.id}`;
  if (member.state !== STREAMS_MEMBER_STATE.unrevoked) {
    group.clocks.cancel(clock);
    return;
  }
  const { id, epoch } = member;
  group.clocks.setIfAbsent(clock, member.rebalanceTimeoutMs, () => {
    if (group.members.get(id)?.epoch === epoch) fence(shard, group, id);
  });
}

/** The group has just been loaded: nothing is known of when its members were last heard. */
export function watchLoadedStreamsMembers(shard: GroupTable, group: StreamsGroup): void {
  for (const member of group.members.values()) {
    watchStreamsMember(shard, group, member.id);
    watchRevocation(shard, group, member);
  }
}

function fence(shard: GroupTable, group: StreamsGroup, memberId: string): void {
  const member = group.members.get(memberId);
  if (member !== undefined && shard.groups.get(group.id) === group)
    void removeStreamsMember(shard, group, member);
}

function removeStreamsMember(shard: GroupTable, group: StreamsGroup, { id }: StreamsMember): Promise<number> {
  for (const clock of ['session', 'revocation']) group.clocks.cancel(`${clock} ${id}`);
  const { metadataHash, validatedTopologyEpoch, assignmentConfigs } = group;
  const epoch = group.epoch + 1;
  return shard.write([
    ...streamsMemberTombstones(group.id, id),
    streamsEpochRecord(group.id, { epoch, metadataHash, validatedTopologyEpoch, assignmentConfigs }),
  ]);
}
