import { ERROR } from '../../protocol/errors.ts';
import { type CreatableTopic, createTopicsApi } from '../../protocol/messages/create-topics.ts';
import { TopicConfigs } from '../config/resolve.ts';
import { conflictInTopicConfigs } from '../config/rules.ts';
import { problemWithPartitionTotal } from '../controller/request-bounds.ts';
import { handler, mutationAdmission, type RequestContext } from '../net/handler.ts';
import { may, mayOnCluster } from '../security/permissions.ts';

/** CreateTopics 2–7. v4 the broker's defaults by −1 (KIP-464), v5 tells what came out (KIP-525), v7 topic ids. */
export const createTopics = handler(createTopicsApi, { min: 2, max: 7 }, (request, context) => {
  const duplicates = duplicateNames(request.topics);
  const topicConfigs = new TopicConfigs(context.cluster, context.broker);
  const mayAll = mayOnCluster(context, 'create');
  const wanted = request.topics.filter(({ name }) => !duplicates.has(name));
  const excess = problemWithPartitionTotal(partitionTotal(wanted, context));
  return {
    topics: [
      ...[...duplicates].map((name) => ({
        name,
        errorCode: ERROR.INVALID_REQUEST,
        errorMessage: 'Duplicate topic name.',
        topicConfigErrorCode: ERROR.NONE,
      })),
      ...wanted.map((topic) =>
        excess === null
          ? createOne(topic, request.validateOnly, topicConfigs, mayAll, context)
          : { name: topic.name, ...excess },
      ),
    ],
  };
});

/** Partitions asked for in all; −1 stands for the broker's default. */
function partitionTotal(topics: readonly CreatableTopic[], { broker }: RequestContext): number {
  const byDefault = Number(broker.brokerConfig('num.partitions') ?? 1);
  return topics.reduce((sum, { assignments, numPartitions }) => {
    if (assignments.length > 0) return sum + assignments.length;
    return sum + (numPartitions === -1 ? byDefault : Math.max(0, numPartitions));
  }, 0);
}

function duplicateNames(topics: readonly CreatableTopic[]): Set<string> {
  const seen = new Set<string>();
  return new Set(topics.filter(({ name }) => seen.has(name) || !seen.add(name)).map(({ name }) => name));
}

function createOne(
  topic: CreatableTopic,
  validateOnly: boolean,
  topicConfigs: TopicConfigs,
  mayAll: boolean,
  context: RequestContext,
) {
  const { cluster, header } = context;
  const { name } = topic;
  if (!mayAll && !may(context, 'create', 'topic', name)) {
    return {
      name,
      errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED,
      errorMessage: 'Authorization failed.',
    };
  }
  const configs = new Map(topic.configs.map((config) => [config.name, config.value]));
  const conflict = conflictInTopicConfigs(configs);
  if (conflict !== null) return { name, errorCode: ERROR.INVALID_CONFIG, errorMessage: conflict };
  const outcome = cluster.controller.createTopic({
    name,
    partitionCount: topic.numPartitions,
    replicationFactor: topic.replicationFactor,
    assignment:
      topic.assignments.length === 0
        ? null
        : new Map(topic.assignments.map(({ partitionIndex, brokerIds }) => [partitionIndex, brokerIds])),
    configs,
    validateOnly,
    admit: mutationAdmission(context, 6),
  });
  const { errorCode, errorMessage } = outcome;
  if (outcome.topic === null) return { name, errorCode, errorMessage };
  const created = { name, topicId: outcome.topic.id, errorCode, errorMessage };
  if (header.apiVersion < 5) return created;
  if (!may(context, 'describeConfigs', 'topic', name)) {
    return { ...created, topicConfigErrorCode: ERROR.TOPIC_AUTHORIZATION_FAILED };
  }
  const own = new Map([...configs].filter((entry): entry is [string, string] => entry[1] !== null));
  return {
    ...created,
    numPartitions: outcome.topic.partitions.length,
    replicationFactor: outcome.topic.partitions[0]?.replicas.length ?? -1,
    configs: topicConfigs.of(own).map(({ name: config, value, source }) => ({
      name: config,
      value,
      configSource: source,
      readOnly: false,
      isSensitive: false,
    })),
  };
}
