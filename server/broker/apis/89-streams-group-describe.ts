import { ERROR } from '../../protocol/errors.ts';
import { streamsGroupDescribeApi } from '../../protocol/messages/streams-group-describe.ts';
import type { InternalTopic } from '../groups/streams/configured-topology.ts';
import type { StreamsGroup } from '../groups/streams/streams-group.ts';
import { listedTasks } from '../groups/streams/streams-records.ts';
import { NOTHING_TO_DO } from '../groups/streams/streams-target.ts';
import { withoutEpochs } from '../groups/topic-partitions.ts';
import { handler } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';
import { authorizedOperations, OPERATIONS_UNTOLD } from './authorized-operations.ts';

/** StreamsGroupDescribe 0 (KIP-1071). */
export const streamsGroupDescribe = handler(
  streamsGroupDescribeApi,
  { min: 0, max: 0 },
  (request, context) => ({
    groups: request.groupIds.map((groupId) => {
      if (!may(context, 'describe', 'group', groupId)) return { groupId, ...NOT_AUTHORIZED.group };
      if (groupId === '') return { groupId, errorCode: ERROR.INVALID_GROUP_ID };
      const { shard, errorCode } = context.coordinator.shardOf(groupId);
      if (shard === null) return { groupId, errorCode };
      const group = shard.groups.get(groupId);
      if (group?.type !== 'streams') {
        const errorMessage = `Group ${groupId} ${group === undefined ? 'not found' : 'is not a streams group'}.`;
        return { groupId, errorCode: ERROR.GROUP_ID_NOT_FOUND, errorMessage };
      }
      const topics = [...group.subscribedTopics()].filter((name) => shard.topics.topic(name) !== undefined);
      if (topics.some((name) => !may(context, 'describe', 'topic', name))) {
        const errorMessage = 'The described group uses topics that the client is not authorized to describe.';
        return { groupId, errorCode: NOT_AUTHORIZED.topic.errorCode, errorMessage };
      }
      return {
        ...describedGroup(group),
        authorizedOperations: request.includeAuthorizedOperations
          ? authorizedOperations(context, 'group', groupId)
          : OPERATIONS_UNTOLD,
      };
    }),
  }),
);

function describedGroup(group: StreamsGroup) {
  return {
    errorCode: ERROR.NONE,
    groupId: group.id,
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.assignmentEpoch,
    topology: describedTopology(group),
    members: [...group.members.values()].map((member) => {
      const { active, standby, warmup } = member.assigned;
      const target = group.targets.get(member.id) ?? NOTHING_TO_DO;
      return {
        memberId: member.id,
        memberEpoch: member.epoch,
        instanceId: member.instanceId,
        rackId: member.rackId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        topologyEpoch: member.topologyEpoch,
        processId: member.processId,
        userEndpoint: member.userEndpoint,
        clientTags: [...member.clientTags].map(([key, value]) => ({ key, value })),
        assignment: {
          activeTasks: listedTasks(withoutEpochs(active)),
          standbyTasks: listedTasks(standby),
          warmupTasks: listedTasks(warmup),
        },
        targetAssignment: {
          activeTasks: listedTasks(target.active),
          standbyTasks: listedTasks(target.standby),
          warmupTasks: listedTasks(target.warmup),
        },
      };
    }),
  };
}

/** With the numbers of partitions that were worked out, once they are. */
function describedTopology({ configured, topology }: StreamsGroup) {
  if (configured?.subtopologies && configured.problem === null) {
    return {
      epoch: configured.epoch,
      subtopologies: configured.subtopologies.map((subtopology) => ({
        subtopologyId: subtopology.id,
        sourceTopics: [...subtopology.sourceTopics].sort(),
        repartitionSinkTopics: [...subtopology.repartitionSinkTopics].sort(),
        stateChangelogTopics: subtopology.stateChangelogTopics.map(describedTopic),
        repartitionSourceTopics: subtopology.repartitionSourceTopics.map(describedTopic),
      })),
    };
  }
  if (topology === null) return null;
  return {
    epoch: topology.epoch,
    subtopologies: topology.subtopologies.map(
      ({
        subtopologyId,
        sourceTopics,
        repartitionSinkTopics,
        stateChangelogTopics,
        repartitionSourceTopics,
      }) => ({
        subtopologyId,
        sourceTopics,
        repartitionSinkTopics,
        stateChangelogTopics,
        repartitionSourceTopics,
      }),
    ),
  };
}

function describedTopic({ name, partitionCount, replicationFactor, configs }: InternalTopic) {
  return {
    name,
    partitions: partitionCount,
    replicationFactor: Math.max(replicationFactor, 0),
    topicConfigs: [...configs].map(([key, value]) => ({ key, value })),
  };
}
