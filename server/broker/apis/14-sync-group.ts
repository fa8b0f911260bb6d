import { ERROR } from '../../protocol/errors.ts';
import { syncGroupApi } from '../../protocol/messages/sync-group.ts';
import { syncConsumerGroup } from '../groups/consumer/classic-members.ts';
import { orRefusal } from '../groups/group-refusal.ts';
import type { SyncAnswer } from '../groups/member.ts';
import { syncGroup as sync } from '../groups/membership.ts';
import { handler } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';

/** SyncGroup 0–5. v3 static members (KIP-345), v5 the protocol is checked. Answered when the leader has assigned. */
export const syncGroup = handler(syncGroupApi, { min: 0, max: 5 }, async (request, context) => {
  if (!may(context, 'read', 'group', request.groupId)) return NOT_AUTHORIZED.group;
  const { coordinator } = context;
  const { shard, errorCode } = coordinator.shardOf(request.groupId);
  if (shard === null) return { errorCode };
  const group = shard.groups.get(request.groupId);
  if (group === undefined || group.isEmpty) return { errorCode: ERROR.UNKNOWN_MEMBER_ID };
  switch (group.type) {
    case 'classic':
      return sync(group, request);
    case 'consumer':
      return orRefusal<SyncAnswer>(
        () => syncConsumerGroup(shard, group, request),
        (refusal) => ({ errorCode: refusal.errorCode }),
      );
    default:
      return { errorCode: ERROR.UNKNOWN_MEMBER_ID };
  }
});
