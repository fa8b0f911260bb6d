import { ERROR } from '../../protocol/errors.ts';
import { heartbeatApi } from '../../protocol/messages/heartbeat.ts';
import { heartbeatToConsumerGroup } from '../groups/consumer/classic-members.ts';
import { orRefusal } from '../groups/group-refusal.ts';
import { heartbeat as beat } from '../groups/membership.ts';
import { handler } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';

/** Heartbeat 0–4. v3 static members (KIP-345). */
export const heartbeat = handler(heartbeatApi, { min: 0, max: 4 }, (request, context) => {
  if (!may(context, 'read', 'group', request.groupId)) return NOT_AUTHORIZED.group;
  const { coordinator } = context;
  const { shard, errorCode } = coordinator.shardOf(request.groupId);
  if (shard === null) return { errorCode };
  const group = shard.groups.get(request.groupId);
  if (group === undefined) return { errorCode: ERROR.UNKNOWN_MEMBER_ID };
  switch (group.type) {
    case 'classic':
      return { errorCode: beat(group, request.memberId, request.generationId, request.groupInstanceId) };
    case 'consumer':
      return orRefusal<{ errorCode: number }>(
        () => ({ errorCode: heartbeatToConsumerGroup(shard, group, request) }),
        (refusal) => ({ errorCode: refusal.errorCode }),
      );
    default:
      return { errorCode: ERROR.UNKNOWN_MEMBER_ID };
  }
});
