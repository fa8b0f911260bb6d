import { ERROR } from '../../protocol/errors.ts';
import { shareGroupDescribeApi } from '../../protocol/messages/share-group-describe.ts';
import type { ShareGroup } from '../groups/share/share-group.ts';
import type { TopicsView } from '../groups/topics-view.ts';
import { handler } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';
import { authorizedOperations, OPERATIONS_UNTOLD } from './authorized-operations.ts';

/** The only assignor of share groups (`group.share.assignors`). */
const ASSIGNOR = 'simple';

/** ShareGroupDescribe 1 (KIP-932). */
export const shareGroupDescribe = handler(shareGroupDescribeApi, { min: 1, max: 1 }, (request, context) => ({
  groups: request.groupIds.map((groupId) => {
    if (!may(context, 'describe', 'group', groupId)) return { groupId, ...NOT_AUTHORIZED.group };
    if (groupId === '') return { groupId, errorCode: ERROR.INVALID_GROUP_ID };
    const { shard, errorCode } = context.coordinator.shardOf(groupId);
    if (shard === null) return { groupId, errorCode };
    const group = shard.groups.get(groupId);
    if (group?.type !== 'share') {
      const errorMessage = `Group ${groupId} ${group === undefined ? 'not found' : 'is not a share group'}.`;
      return { groupId, errorCode: ERROR.GROUP_ID_NOT_FOUND, errorMessage };
    }
    const topics = [...group.subscribedTopics()].filter((name) => shard.topics.topic(name) !== undefined);
    if (topics.some((name) => !may(context, 'describe', 'topic', name))) {
      const errorMessage = 'The group has described topic(s) that the client is not authorized to describe.';
      return { groupId, errorCode: NOT_AUTHORIZED.topic.errorCode, errorMessage };
    }
    return {
      ...describedGroup(group, shard.topics),
      authorizedOperations: request.includeAuthorizedOperations
        ? authorizedOperations(context, 'group', groupId)
        : OPERATIONS_UNTOLD,
    };
  }),
}));

function describedGroup(group: ShareGroup, view: TopicsView) {
  return {
    errorCode: ERROR.NONE,
    groupId: group.id,
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.assignmentEpoch,
    assignorName: ASSIGNOR,
    members: [...group.members.values()].map((member) => ({
      memberId: member.id,
      rackId: member.rackId,
      memberEpoch: member.epoch,
      clientId: member.clientId,
      clientHost: member.clientHost,
      subscribedTopicNames: [...member.topicNames],
      assignment: {
        topicPartitions: [...member.assigned].flatMap(([topicId, partitions]) => {
          const topicName = view.topicById(topicId)?.name;
          return topicName === undefined
            ? []
            : [{ topicId, topicName, partitions: [...partitions].sort((a, b) => a - b) }];
        }),
      },
    })),
  };
}
