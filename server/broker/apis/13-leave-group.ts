import { ERROR } from '../../protocol/errors.ts';
import { leaveGroupApi } from '../../protocol/messages/leave-group.ts';
import type { AnyGroup } from '../groups/any-group.ts';
import { leaveConsumerGroupAsClassic } from '../groups/consumer/classic-members.ts';
import type { GroupShard } from '../groups/group-shard.ts';
import { leaveGroup as leave } from '../groups/membership.ts';
import { handler } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';

interface Leaving {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

/**
 * LeaveGroup 0–5. v3 many members at once, each with its own error, static ones by instance id (KIP-345), v5 why they leave
 * (KIP-800).
 */
export const leaveGroup = handler(leaveGroupApi, { min: 0, max: 5 }, async (request, context) => {
  if (!may(context, 'read', 'group', request.groupId)) return NOT_AUTHORIZED.group;
  const { coordinator, header } = context;
  const { shard, errorCode } = coordinator.shardOf(request.groupId);
  if (shard === null) return { errorCode };
  const isOld = header.apiVersion < 3;
  const leaving = isOld ? [{ memberId: request.memberId, groupInstanceId: null }] : request.members;
  const codes = await leaveAll(shard, shard.groups.get(request.groupId), leaving);
  if (isOld) return { errorCode: codes[0]! };
  return {
    errorCode: ERROR.NONE,
    members: leaving.map(({ memberId, groupInstanceId }, index) => ({
      memberId,
      groupInstanceId,
      errorCode: codes[index]!,
    })),
  };
});

async function leaveAll(
  shard: GroupShard,
  group: AnyGroup | undefined,
  leaving: readonly Leaving[],
): Promise<number[]> {
  switch (group?.type) {
    case 'classic':
      return leaving.map(({ memberId, groupInstanceId }) => leave(group, memberId, groupInstanceId));
    case 'consumer':
      return leaveConsumerGroupAsClassic(shard, group, leaving);
    default:
      return leaving.map(() => ERROR.UNKNOWN_MEMBER_ID);
  }
}
