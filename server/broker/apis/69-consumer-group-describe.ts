import { ERROR } from '../../protocol/errors.ts';
import { consumerGroupDescribeApi } from '../../protocol/messages/consumer-group-describe.ts';
import { NO_PARTITIONS, type TopicPartitions } from '../groups/assignors/assignor.ts';
import { assignorOf } from '../groups/consumer/consumer-assignment.ts';
import type { ConsumerGroup } from '../groups/consumer/consumer-group.ts';
import type { ConsumerMember } from '../groups/consumer/consumer-member.ts';
import { withoutEpochs } from '../groups/topic-partitions.ts';
import type { TopicsView } from '../groups/topics-view.ts';
import { handler } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';
import { authorizedOperations, OPERATIONS_UNTOLD } from './authorized-operations.ts';

/** How ConsumerGroupDescribe v1 numbers the protocol that a member speaks. */
const MEMBER_TYPE = { classic: 0, consumer: 1 } as const;

/** ConsumerGroupDescribe 0–1 (KIP-848). v1 which protocol a member speaks (KIP-1099). */
export const consumerGroupDescribe = handler(
  consumerGroupDescribeApi,
  { min: 0, max: 1 },
  (request, context) => ({
    groups: request.groupIds.map((groupId) => {
      if (!may(context, 'describe', 'group', groupId)) return { groupId, ...NOT_AUTHORIZED.group };
      if (groupId === '') return { groupId, errorCode: ERROR.INVALID_GROUP_ID };
      const { shard, errorCode } = context.coordinator.shardOf(groupId);
      if (shard === null) return { groupId, errorCode };
      const group = shard.groups.get(groupId);
      if (group?.type !== 'consumer') {
        const why = group === undefined ? 'not found' : 'is not a consumer group';
        const errorMessage = `Group ${groupId} ${why}.`;
        return { groupId, errorCode: ERROR.GROUP_ID_NOT_FOUND, errorMessage };
      }
      const describedTopics = [...group.subscribedTopics()].filter((name) => shard.topics.topic(name));
      if (describedTopics.some((name) => !may(context, 'describe', 'topic', name))) {
        const { errorCode: denied } = NOT_AUTHORIZED.topic;
        const errorMessage =
          'The group has described topic(s) that the client is not authorized to describe.';
        return { groupId, errorCode: denied, errorMessage };
      }
      return {
        ...describedGroup(group, shard.topics),
        authorizedOperations: request.includeAuthorizedOperations
          ? authorizedOperations(context, 'group', groupId)
          : OPERATIONS_UNTOLD,
      };
    }),
  }),
);

function describedGroup(group: ConsumerGroup, view: TopicsView) {
  const members = [...group.members.values()];
  return {
    errorCode: ERROR.NONE,
    groupId: group.id,
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.assignmentEpoch,
    assignorName: assignorOf(group, members),
    members: members.map((member) => ({
      memberId: member.id,
      instanceId: member.instanceId,
      rackId: member.rackId,
      memberEpoch: member.epoch,
      clientId: member.clientId,
      clientHost: member.clientHost,
      subscribedTopicNames: [...member.topicNames],
      subscribedTopicRegex: member.topicRegex,
      assignment: { topicPartitions: named(heldBy(member), view) },
      targetAssignment: { topicPartitions: named(group.targets.get(member.id) ?? NO_PARTITIONS, view) },
      memberType: member.classic === null ? MEMBER_TYPE.consumer : MEMBER_TYPE.classic,
    })),
  };
}

/** What it holds, with what it is about to give up. */
function heldBy({ assigned, pendingRevocation }: ConsumerMember): TopicPartitions {
  const held = new Map(withoutEpochs(assigned));
  for (const [topicId, partitions] of withoutEpochs(pendingRevocation)) {
    held.set(topicId, new Set([...partitions, ...(held.get(topicId) ?? [])]));
  }
  return held;
}

function named(partitions: TopicPartitions, view: TopicsView) {
  return [...partitions].flatMap(([topicId, numbers]) => {
    const topicName = view.topicById(topicId)?.name;
    return topicName === undefined ? [] : [{ topicId, topicName, partitions: [...numbers] }];
  });
}
