import { ERROR } from '../../protocol/errors.ts';
import {
  type ConsumerGroupHeartbeatRequest,
  type ConsumerGroupHeartbeatResponse,
  consumerGroupHeartbeatApi,
} from '../../protocol/messages/consumer-group-heartbeat.ts';
import type { Input } from '../../protocol/schema.ts';
import { consumerHeartbeat } from '../groups/consumer/consumer-heartbeat.ts';
import { LEAVE_EPOCH, STATIC_LEAVE_EPOCH } from '../groups/consumer/consumer-member.ts';
import { GroupRefusal, orRefusal } from '../groups/group-refusal.ts';
import { handler } from '../net/handler.ts';
import { may } from '../security/permissions.ts';

/** Members name themselves from this version on (KIP-1082). */
const FIRST_VERSION_WITH_OWN_MEMBER_IDS = 1;

/** ConsumerGroupHeartbeat 0–1 (KIP-848): joining, reporting, leaving. v1 regular expressions in RE2's syntax. */
export const consumerGroupHeartbeat = handler(
  consumerGroupHeartbeatApi,
  { min: 0, max: 1 },
  (request, context) =>
    orRefusal<Input<ConsumerGroupHeartbeatResponse>>(
      () => {
        const { coordinator, connection, header } = context;
        if (!may(context, 'read', 'group', request.groupId)) {
          throw new GroupRefusal(ERROR.GROUP_AUTHORIZATION_FAILED, 'Group authorization failed.');
        }
        if (request.subscribedTopicNames?.some((topic) => !may(context, 'describe', 'topic', topic))) {
          throw new GroupRefusal(ERROR.TOPIC_AUTHORIZATION_FAILED, 'Topic authorization failed.');
        }
        throwIfInvalid(request, header.apiVersion, coordinator.settings.consumerAssignors);
        const { shard, errorCode } = coordinator.shardOf(request.groupId);
        if (shard === null) return { errorCode };
        return consumerHeartbeat(shard, request, {
          clientId: header.clientId ?? '',
          clientHost: connection.clientHost,
          apiVersion: header.apiVersion,
        });
      },
      (refusal) => ({ ...refusal, errorMessage: refusal.errorMessage || null }),
    ),
);

function throwIfInvalid(
  request: ConsumerGroupHeartbeatRequest,
  apiVersion: number,
  assignors: readonly string[],
): void {
  const { memberEpoch, topicPartitions, serverAssignor } = request;
  const invalid = (message: string) => new GroupRefusal(ERROR.INVALID_REQUEST, message);
  const isBlank = (text: string | null) => text !== null && text.trim() === '';
  const namesItself =
    apiVersion >= FIRST_VERSION_WITH_OWN_MEMBER_IDS || memberEpoch > 0 || memberEpoch === LEAVE_EPOCH;
  if (namesItself && isBlank(request.memberId)) throw invalid("MemberId can't be empty.");
  if (isBlank(request.groupId)) throw invalid("GroupId can't be empty.");
  if (isBlank(request.instanceId)) throw invalid("InstanceId can't be empty.");
  if (isBlank(request.rackId)) throw invalid("RackId can't be empty.");
  if (memberEpoch === 0) {
    if (request.rebalanceTimeoutMs === -1) {
      throw invalid('RebalanceTimeoutMs must be provided in first request.');
    }
    if (topicPartitions === null || topicPartitions.length > 0) {
      throw invalid('TopicPartitions must be empty when (re-)joining.');
    }
    if (request.subscribedTopicNames === null && request.subscribedTopicRegex === null) {
      throw invalid(
        'Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.',
      );
    }
  } else if (memberEpoch === STATIC_LEAVE_EPOCH) {
    if (request.instanceId === null) throw invalid("InstanceId can't be null.");
  } else if (memberEpoch < STATIC_LEAVE_EPOCH) throw invalid('MemberEpoch is invalid.');
  if (serverAssignor !== null && !assignors.includes(serverAssignor)) {
    throw new GroupRefusal(
      ERROR.UNSUPPORTED_ASSIGNOR,
      `ServerAssignor ${serverAssignor} is not supported. Supported assignors: ${assignors.join(', ')}.`,
    );
  }
}
