import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import { metadataApi } from '../../protocol/messages/metadata.ts';
import { brokerConfig } from '../config/resolve.ts';
import { isInternalTopic, type MetadataImage, type TopicImage } from '../controller/metadata-image.ts';
import { problemWithTopicName } from '../controller/topic-name.ts';
import { OFFSETS_TOPIC, offsetsTopic } from '../groups/offsets-topic.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, mayOnCluster } from '../security/permissions.ts';
import { addressOf } from './address-of.ts';
import {
  authorizedClusterOperations,
  authorizedOperations,
  OPERATIONS_UNTOLD,
} from './authorized-operations.ts';

/**
 * Metadata 0–13. v1 null topics: all, an empty list: none; v4 automatic creation can be declined; v5 offline replicas;
 * v10 topic ids, v12 topics asked for by id (KIP-516). The controller is the active one: real KRaft brokers name any
 * broker here (KIP-590), which no client may rely on.
 */
export const metadata = handler(metadataApi, { min: 0, max: 13 }, (request, context) => {
  const { cluster, header } = context;
  const { image, controller } = cluster;
  const wantsAll = request.topics === null || (header.apiVersion === 0 && request.topics.length === 0);
  const isVisible = (name: string) => may(context, 'describe', 'topic', name);
  const answer = (topic: TopicImage) =>
    describeTopic(
      topic,
      image,
      request.includeTopicAuthorizedOperations
        ? authorizedOperations(context, 'topic', topic.name)
        : OPERATIONS_UNTOLD,
    );
  const topics = wantsAll
    ? [...image.topics.values()].filter(({ name }) => isVisible(name)).map(answer)
    : request.topics!.map(({ name, topicId }) => {
        if (name === null) {
          const topic = image.topicById(topicId);
          if (topic === undefined) return { errorCode: ERROR.UNKNOWN_TOPIC_ID, topicId, name: null };
          return isVisible(topic.name)
            ? answer(topic)
            : { errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED, topicId, name: null };
        }
        if (topicId !== ZERO_UUID) return { errorCode: ERROR.INVALID_REQUEST, topicId, name };
        if (!isVisible(name))
          return { errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED, name, topicId: ZERO_UUID };
        const { topic, errorCode } = findOrCreate(name, request.allowAutoTopicCreation, context);
        return topic
          ? answer(topic)
          : { errorCode, name, topicId: ZERO_UUID, isInternal: isInternalTopic(name) };
      });
  return {
    brokers: [...image.brokers.values()]
      .filter(({ fenced }) => !fenced)
      .map((broker) => ({ nodeId: broker.id, ...addressOf(context, broker), rack: broker.rack })),
    clusterId: cluster.clusterId,
    controllerId: controller.controllerId,
    topics,
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? authorizedClusterOperations(context)
      : OPERATIONS_UNTOLD,
  };
});

function findOrCreate(
  name: string,
  mayCreate: boolean,
  context: RequestContext,
): { topic: TopicImage | null; errorCode: number } {
  const { cluster, broker } = context;
  const existing = cluster.image.topic(name);
  if (existing !== undefined) return { topic: existing, errorCode: ERROR.NONE };
  const creates = mayCreate && brokerConfig(cluster, broker, 'auto.create.topics.enable') === 'true';
  if (creates && !mayOnCluster(context, 'create') && !may(context, 'create', 'topic', name)) {
    return { topic: null, errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED };
  }
  if (problemWithTopicName(name) !== null) return { topic: null, errorCode: ERROR.INVALID_TOPIC_EXCEPTION };
  const unknown = { topic: null, errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION };
  if (!creates) return unknown;
  if (name === OFFSETS_TOPIC) return { ...unknown, topic: offsetsTopic(cluster, broker) };
  if (isInternalTopic(name)) return unknown;
  return cluster.controller.createTopic({
    name,
    partitionCount: -1,
    replicationFactor: -1,
    assignment: null,
    configs: new Map(),
  });
}

function describeTopic(topic: TopicImage, image: MetadataImage, topicAuthorizedOperations: number) {
  return {
    errorCode: ERROR.NONE,
    name: topic.name,
    topicId: topic.id,
    isInternal: isInternalTopic(topic.name),
    topicAuthorizedOperations,
    partitions: topic.partitions.map(({ partition, leader, leaderEpoch, replicas, isr }) => ({
      errorCode: leader < 0 ? ERROR.LEADER_NOT_AVAILABLE : ERROR.NONE,
      partitionIndex: partition,
      leaderId: leader,
      leaderEpoch,
      replicaNodes: replicas,
      isrNodes: isr,
      offlineReplicas: replicas.filter((id) => !image.isActive(id)),
    })),
  };
}
