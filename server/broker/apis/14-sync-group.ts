import { ERROR } from '../../protocol/errors.ts';
import { syncGroupApi } from '../../protocol/messages/sync-group.ts';
import { syncGroup as sync } from '../groups/membership.ts';
import { handler } from '../net/handler.ts';

/** SyncGroup 0–5. v3 static members (KIP-345), v5 the protocol is checked. Answered when the leader has assigned. */
export const syncGroup = handler(syncGroupApi, { min: 0, max: 5 }, async (request, { coordinator }) => {
  const { shard, errorCode } = coordinator.shardOf(request.groupId);
  if (shard === null) return { errorCode };
  const group = shard.groups.get(request.groupId);
  return group === undefined ? { errorCode: ERROR.UNKNOWN_MEMBER_ID } : sync(group, request);
});
