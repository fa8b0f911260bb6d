import { ERROR } from '../../protocol/errors.ts';
import {
  type ShareAcknowledgeRequest,
  type ShareAcknowledgeResponse,
  shareAcknowledgeApi,
} from '../../protocol/messages/share-acknowledge.ts';
import type { Input } from '../../protocol/schema.ts';
import { groupConfigNumber } from '../groups/group-configs.ts';
import { GroupRefusal, orRefusal } from '../groups/group-refusal.ts';
import { SESSION_EPOCH } from '../groups/share/delivery/share-sessions.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';
import { acknowledgeAll } from './share-acknowledgements.ts';

type Answer = Input<ShareAcknowledgeResponse>;

/** ShareAcknowledge 1–2 (KIP-932): a share consumer's word for records that it was given. v2 more time for them (KIP-1222). */
export const shareAcknowledge = handler(shareAcknowledgeApi, { min: 1, max: 2 }, (request, context) =>
  orRefusal<Answer>(
    () => serve(request, context),
    ({ errorCode }) => ({ errorCode }),
  ),
);

async function serve(request: ShareAcknowledgeRequest, context: RequestContext): Promise<Answer> {
  const { groupId, memberId, shareSessionEpoch: epoch, topics } = request;
  const { cluster, broker, coordinator } = context;
  const { sharePartitions } = coordinator;
  if (groupId === null) throw new GroupRefusal(ERROR.INVALID_REQUEST, 'Invalid group id in the request.');
  if (!may(context, 'read', 'group', groupId)) {
    throw new GroupRefusal(NOT_AUTHORIZED.group.errorCode, NOT_AUTHORIZED.group.errorMessage ?? '');
  }
  if (memberId === null || memberId === '') {
    throw new GroupRefusal(ERROR.INVALID_REQUEST, 'Invalid member id in the request.');
  }
  if (epoch === SESSION_EPOCH.initial) {
    throw new GroupRefusal(ERROR.INVALID_SHARE_SESSION_EPOCH, 'The share session epoch is invalid.');
  }
  sharePartitions.sessions.continue(groupId, memberId, epoch, [], []);
  const who = { groupId, memberId };
  const acknowledged = await acknowledgeAll(sharePartitions, who, topics, request.isRenewAck, context);
  if (epoch === SESSION_EPOCH.final) await sharePartitions.endSession(groupId, memberId);
  const responses = new Map<
    string,
    { partitionIndex: number; errorCode: number; errorMessage: string | null }[]
  >();
  for (const { topicId, partition, errorCode, errorMessage } of acknowledged) {
    const partitions = responses.get(topicId) ?? [];
    responses.set(topicId, partitions);
    partitions.push({ partitionIndex: partition, errorCode, errorMessage });
  }
  return {
    errorCode: ERROR.NONE,
    acquisitionLockTimeoutMs: groupConfigNumber(cluster, broker, groupId, 'share.record.lock.duration.ms'),
    responses: [...responses].map(([topicId, partitions]) => ({ topicId, partitions })),
  };
}
