import { ERROR } from '../../protocol/errors.ts';
import {
  type ShareGroupHeartbeatRequest,
  type ShareGroupHeartbeatResponse,
  shareGroupHeartbeatApi,
} from '../../protocol/messages/share-group-heartbeat.ts';
import type { Input } from '../../protocol/schema.ts';
import { GroupRefusal, orRefusal } from '../groups/group-refusal.ts';
import { shareHeartbeat } from '../groups/share/share-heartbeat.ts';
import { handler } from '../net/handler.ts';
import { may } from '../security/permissions.ts';

/** ShareGroupHeartbeat 1 (KIP-932): joining, reporting, leaving. */
export const shareGroupHeartbeat = handler(shareGroupHeartbeatApi, { min: 1, max: 1 }, (request, context) =>
  orRefusal<Input<ShareGroupHeartbeatResponse>>(
    () => {
      const { coordinator, connection, header } = context;
      if (!may(context, 'read', 'group', request.groupId)) {
        throw new GroupRefusal(ERROR.GROUP_AUTHORIZATION_FAILED, 'Group authorization failed.');
      }
      if (request.subscribedTopicNames?.some((topic) => !may(context, 'describe', 'topic', topic))) {
        throw new GroupRefusal(ERROR.TOPIC_AUTHORIZATION_FAILED, 'Topic authorization failed.');
      }
      throwIfInvalid(request);
      const { shard, errorCode } = coordinator.shardOf(request.groupId);
      if (shard === null) return { errorCode };
      return shareHeartbeat(shard, coordinator.persister, request, {
        clientId: header.clientId ?? '',
        clientHost: connection.clientHost,
        apiVersion: header.apiVersion,
      });
    },
    (refusal) => ({ ...refusal, errorMessage: refusal.errorMessage || null }),
  ),
);

function throwIfInvalid({
  memberId,
  groupId,
  rackId,
  memberEpoch,
  subscribedTopicNames,
}: ShareGroupHeartbeatRequest) {
  const invalid = (message: string) => new GroupRefusal(ERROR.INVALID_REQUEST, message);
  if (memberId.trim() === '') throw invalid('');
  if (groupId.trim() === '') throw invalid("GroupId can't be empty.");
  if (rackId?.trim() === '') throw invalid("RackId can't be empty.");
  if (memberEpoch === 0 && !subscribedTopicNames?.length) {
    throw invalid('SubscribedTopicNames must be set in first request.');
  }
  if (memberEpoch < -1) throw invalid('MemberEpoch is invalid.');
}
