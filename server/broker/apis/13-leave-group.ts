import { ERROR } from '../../protocol/errors.ts';
import { leaveGroupApi } from '../../protocol/messages/leave-group.ts';
import { leaveGroup as leave } from '../groups/membership.ts';
import { handler } from '../net/handler.ts';

/** LeaveGroup 0–5. v3 many members at once, each with its own error, static ones by instance id (KIP-345). */
export const leaveGroup = handler(leaveGroupApi, { min: 0, max: 5 }, (request, { coordinator, header }) => {
  const { shard, errorCode } = coordinator.shardOf(request.groupId);
  if (shard === null) return { errorCode };
  const group = shard.groups.get(request.groupId);
  const leaveOne = (memberId: string, instanceId: string | null) =>
    group === undefined ? ERROR.UNKNOWN_MEMBER_ID : leave(group, memberId, instanceId);
  if (header.apiVersion < 3) return { errorCode: leaveOne(request.memberId, null) };
  return {
    errorCode: ERROR.NONE,
    members: request.members.map(({ memberId, groupInstanceId }) => ({
      memberId,
      groupInstanceId,
      errorCode: leaveOne(memberId, groupInstanceId),
    })),
  };
});
