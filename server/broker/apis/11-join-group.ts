import { ERROR } from '../../protocol/errors.ts';
import { joinGroupApi } from '../../protocol/messages/join-group.ts';
import { joinConsumerGroup } from '../groups/consumer/classic-members.ts';
import { orRefusal } from '../groups/group-refusal.ts';
import { abandonJoin, joinGroup as join, refusal } from '../groups/join-group.ts';
import type { JoinAnswer } from '../groups/member.ts';
import { handler } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';

/**
 * JoinGroup 0–9. v1 rebalance timeout, v4 the member id comes first (KIP-394), v5 static members (KIP-345),
 * v7 the protocol in the answer, v9 a returning static leader need not assign (KIP-814). Answered when the rebalance is through.
 */
export const joinGroup = handler(joinGroupApi, { min: 0, max: 9 }, async (request, context) => {
  const { coordinator, connection, header } = context;
  const { apiVersion } = header;
  const answer = await (async (): Promise<JoinAnswer> => {
    const { memberId, sessionTimeoutMs } = request;
    if (request.groupId === '') return refusal(ERROR.INVALID_GROUP_ID, memberId);
    if (!may(context, 'read', 'group', request.groupId)) {
      return refusal(NOT_AUTHORIZED.group.errorCode, memberId);
    }
    const { minSessionTimeoutMs, maxSessionTimeoutMs } = coordinator.settings;
    if (sessionTimeoutMs < minSessionTimeoutMs || sessionTimeoutMs > maxSessionTimeoutMs) {
      return refusal(ERROR.INVALID_SESSION_TIMEOUT, memberId);
    }
    const { shard, errorCode } = coordinator.shardOf(request.groupId);
    if (shard === null) return refusal(errorCode, memberId);
    const known = shard.groups.get(request.groupId);
    const client = { clientId: header.clientId ?? '', clientHost: connection.clientHost, apiVersion };
    if (known !== undefined && known.type !== 'classic' && !known.isEmpty) {
      if (known.type !== 'consumer') return refusal(ERROR.INCONSISTENT_GROUP_PROTOCOL, '');
      return orRefusal<JoinAnswer>(
        () => joinConsumerGroup(shard, known, request, client),
        ({ errorCode: refused }) => refusal(refused, memberId),
      );
    }
    if (known === undefined && memberId !== '') return refusal(ERROR.UNKNOWN_MEMBER_ID, memberId);
    const group = await shard.asClassic(request.groupId);
    if (group === null) return refusal(ERROR.INCONSISTENT_GROUP_PROTOCOL, '');
    const joining = join(group, request, client);
    if (!(joining instanceof Promise)) return joining;
    const stayed = connection.onClose(() => abandonJoin(group, memberId));
    return joining.finally(stayed);
  })();
  return { ...answer, protocolName: answer.protocolName ?? (apiVersion >= 7 ? null : '') };
});
