import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import {
  type DescribeTopicPartitionsResponseTopic,
  describeTopicPartitionsApi,
} from '../../protocol/messages/describe-topic-partitions.ts';
import type { Input } from '../../protocol/schema.ts';
import { brokerConfigNumber } from '../config/resolve.ts';
import { isInternalTopic, type TopicImage } from '../controller/metadata-image.ts';
import { problemWithTopicName } from '../controller/topic-name.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { authorizedOperations } from './authorized-operations.ts';

/**
 * DescribeTopicPartitions 0 (KIP-966): topics by name in alphabetical order, all when none is named, a bounded number of
 * partitions at a time; the cursor says where to go on.
 */
export const describeTopicPartitions = handler(
  describeTopicPartitionsApi,
  { min: 0, max: 0 },
  (request, context) => {
    const { cluster, broker } = context;
    const { cursor } = request;
    const asked = request.topics.map(({ name }) => name);
    const isVisible = (name: string) => may(context, 'describe', 'topic', name);
    const named = [...new Set(asked.length > 0 ? asked : cluster.image.topics.keys())].sort();
    const names = named.filter(isVisible);
    const hidden = asked.length > 0 ? named.filter((name) => !isVisible(name)).map(hiddenTopic) : [];
    const limit = brokerConfigNumber(cluster, broker, 'max.request.partition.size.limit');
    let remaining = Math.max(1, Math.min(request.responsePartitionLimit, limit));
    const topics: Input<DescribeTopicPartitionsResponseTopic>[] = [];
    for (const name of names) {
      if (cursor !== null && name < cursor.topicName) continue;
      const from = cursor?.topicName === name ? Math.max(0, cursor.partitionIndex) : 0;
      const topic = cluster.image.topic(name);
      if (topic === undefined) {
        topics.push(unknownTopic(name));
        continue;
      }
      if (remaining === 0)
        return { topics: [...topics, ...hidden], nextCursor: { topicName: name, partitionIndex: from } };
      const to = Math.min(topic.partitions.length, from + remaining);
      topics.push(describeTopic(topic, from, to, context));
      remaining -= to - from;
      if (to < topic.partitions.length)
        return { topics: [...topics, ...hidden], nextCursor: { topicName: name, partitionIndex: to } };
    }
    return { topics: [...topics, ...hidden], nextCursor: null };
  },
);

/** A topic that the client may not know about. */
function hiddenTopic(name: string): Input<DescribeTopicPartitionsResponseTopic> {
  return { errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED, name, topicId: ZERO_UUID };
}

function unknownTopic(name: string): Input<DescribeTopicPartitionsResponseTopic> {
  const isValid = problemWithTopicName(name) === null;
  return {
    errorCode: isValid ? ERROR.UNKNOWN_TOPIC_OR_PARTITION : ERROR.INVALID_TOPIC_EXCEPTION,
    name,
    topicId: ZERO_UUID,
    isInternal: isInternalTopic(name),
  };
}

function describeTopic(
  topic: TopicImage,
  from: number,
  to: number,
  context: RequestContext,
): Input<DescribeTopicPartitionsResponseTopic> {
  return {
    errorCode: ERROR.NONE,
    name: topic.name,
    topicId: topic.id,
    isInternal: isInternalTopic(topic.name),
    topicAuthorizedOperations: authorizedOperations(context, 'topic', topic.name),
    partitions: topic.partitions
      .slice(from, to)
      .map(({ partition, leader, leaderEpoch, replicas, isr, elr, lastKnownElr }) => ({
        errorCode: leader < 0 ? ERROR.LEADER_NOT_AVAILABLE : ERROR.NONE,
        partitionIndex: partition,
        leaderId: leader,
        leaderEpoch,
        replicaNodes: replicas,
        isrNodes: isr,
        eligibleLeaderReplicas: elr,
        lastKnownElr,
        offlineReplicas: replicas.filter((id) => !context.cluster.image.isActive(id)),
      })),
  };
}
