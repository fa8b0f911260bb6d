import { ERROR } from '../../protocol/errors.ts';
import {
  type StreamsGroupHeartbeatRequest,
  type StreamsGroupHeartbeatResponse,
  streamsGroupHeartbeatApi,
} from '../../protocol/messages/streams-group-heartbeat.ts';
import type { Input } from '../../protocol/schema.ts';
import { isInternalTopic } from '../controller/metadata-image.ts';
import { problemWithTopicName } from '../controller/topic-name.ts';
import { GroupRefusal, orRefusal } from '../groups/group-refusal.ts';
import { type InternalTopic, STATUS } from '../groups/streams/configured-topology.ts';
import { streamsHeartbeat } from '../groups/streams/streams-heartbeat.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, mayOnCluster } from '../security/permissions.ts';

type Answer = Input<StreamsGroupHeartbeatResponse>;

/** StreamsGroupHeartbeat 0 (KIP-1071): joining with a topology, reporting, leaving. Internal topics are made on the way. */
export const streamsGroupHeartbeat = handler(
  streamsGroupHeartbeatApi,
  { min: 0, max: 0 },
  (request, context) =>
    orRefusal<Answer>(
      () => serve(request, context),
      (refusal) => ({ ...refusal, errorMessage: refusal.errorMessage || null, status: [] }),
    ),
);

async function serve(request: StreamsGroupHeartbeatRequest, context: RequestContext): Promise<Answer> {
  const { coordinator, connection, header } = context;
  if (!may(context, 'read', 'group', request.groupId)) {
    throw new GroupRefusal(ERROR.GROUP_AUTHORIZATION_FAILED, 'Group authorization failed.');
  }
  throwIfTopicsAreForbidden(request, context);
  throwIfUnsupported(request);
  throwIfInvalid(request);
  const { shard, errorCode } = coordinator.shardOf(request.groupId);
  if (shard === null) return { errorCode, status: [] };
  const { answer, missingTopics } = await streamsHeartbeat(shard, request, {
    clientId: header.clientId ?? '',
    clientHost: connection.clientHost,
    apiVersion: header.apiVersion,
  });
  const failure = missingTopics.length === 0 ? null : createTopics(missingTopics, context);
  if (failure === null) return answer;
  return {
    ...answer,
    status: answer.status?.map((each) =>
      each.statusCode === STATUS.missingInternalTopics
        ? { ...each, statusDetail: `${each.statusDetail}; ${failure}.` }
        : each,
    ),
  };
}

/** Makes the application's internal topics. @returns what went wrong, null when nothing did */
function createTopics(topics: readonly InternalTopic[], context: RequestContext): string | null {
  const denied = mayOnCluster(context, 'create')
    ? []
    : topics.filter(({ name }) => !may(context, 'create', 'topic', name));
  if (denied.length > 0)
    return `Unauthorized to CREATE on topics ${denied.map(({ name }) => name).join(', ')}`;
  const failures = topics.flatMap(({ name, partitionCount, replicationFactor, configs }) => {
    const { errorCode, errorMessage } = context.cluster.controller.createTopic({
      name,
      partitionCount,
      replicationFactor,
      assignment: null,
      configs,
    });
    const isThere = errorCode === ERROR.NONE || errorCode === ERROR.TOPIC_ALREADY_EXISTS;
    return isThere ? [] : [`${name} (${errorMessage ?? errorCode})`];
  });
  return failures.length === 0 ? null : `Creation failed: ${failures.slice(0, 3).join(', ')}`;
}

function throwIfTopicsAreForbidden(
  { topology }: StreamsGroupHeartbeatRequest,
  context: RequestContext,
): void {
  const names = new Set(
    (topology?.subtopologies ?? []).flatMap((subtopology) => [
      ...subtopology.sourceTopics,
      ...subtopology.repartitionSinkTopics,
      ...subtopology.repartitionSourceTopics.map(({ name }) => name),
      ...subtopology.stateChangelogTopics.map(({ name }) => name),
    ]),
  );
  const internal = [...names].filter(isInternalTopic);
  if (internal.length > 0) {
    throw new GroupRefusal(
      ERROR.STREAMS_INVALID_TOPOLOGY,
      `Use of Kafka internal topics ${internal.join(',')} in a Kafka Streams topology is prohibited.`,
    );
  }
  const invalid = [...names].filter((name) => problemWithTopicName(name) !== null);
  if (invalid.length > 0) {
    throw new GroupRefusal(
      ERROR.STREAMS_INVALID_TOPOLOGY,
      `Topic names ${invalid.join(',')} are not valid topic names.`,
    );
  }
  if ([...names].some((name) => !may(context, 'describe', 'topic', name))) {
    throw new GroupRefusal(ERROR.TOPIC_AUTHORIZATION_FAILED, 'Topic authorization failed.');
  }
}

const invalid = (message: string) => new GroupRefusal(ERROR.INVALID_REQUEST, message);

/** What Kafka 4.3 does not serve either. */
function throwIfUnsupported(request: StreamsGroupHeartbeatRequest): void {
  if (request.instanceId !== null) throw invalid('Static membership is not yet supported.');
  if (request.taskOffsets !== null) throw invalid('TaskOffsets are not supported yet.');
  if (request.taskEndOffsets !== null) throw invalid('TaskEndOffsets are not supported yet.');
  if (request.warmupTasks?.length) throw invalid('WarmupTasks are not supported yet.');
  if (request.topology?.subtopologies.some(({ sourceTopicRegex }) => sourceTopicRegex.length > 0)) {
    throw invalid('Regular expressions for source topics are not supported yet.');
  }
}

function throwIfInvalid(request: StreamsGroupHeartbeatRequest): void {
  const { memberId, groupId, rackId, memberEpoch, topology } = request;
  const { activeTasks, standbyTasks, warmupTasks } = request;
  if (memberId.trim() === '') throw invalid("MemberId can't be empty.");
  if (groupId.trim() === '') throw invalid("GroupId can't be empty.");
  if (rackId?.trim() === '') throw invalid("RackId can't be empty.");
  if (memberEpoch === 0) {
    if (request.rebalanceTimeoutMs === -1)
      throw invalid('RebalanceTimeoutMs must be provided in first request.');
    if (activeTasks?.length !== 0) throw invalid('ActiveTasks must be empty when (re-)joining.');
    if (standbyTasks?.length !== 0) throw invalid('StandbyTasks must be empty when (re-)joining.');
    if (warmupTasks?.length !== 0) throw invalid('WarmupTasks must be empty when (re-)joining.');
    if (topology === null) throw invalid('Topology must be non-null when (re-)joining.');
    const wrong = topology.subtopologies
      .flatMap(({ stateChangelogTopics }) => stateChangelogTopics)
      .find(({ partitions }) => partitions !== 0);
    if (wrong !== undefined) {
      throw new GroupRefusal(
        ERROR.STREAMS_INVALID_TOPOLOGY,
        `Changelog topic ${wrong.name} must have an undefined partition count, but it is set to ${wrong.partitions}.`,
      );
    }
  } else if (memberEpoch === -2) throw invalid("InstanceId can't be null.");
  else if (memberEpoch < -2) {
    throw invalid(`MemberEpoch is ${memberEpoch}, but must be greater than or equal to -2.`);
  }
  const told = [activeTasks, standbyTasks, warmupTasks].filter((tasks) => tasks !== null);
  if (told.length > 0 && told.length < 3)
    throw invalid('If one task-type is non-null, all must be non-null.');
  if (memberEpoch !== 0 && topology !== null)
    throw invalid('Topology can only be provided when (re-)joining.');
}
