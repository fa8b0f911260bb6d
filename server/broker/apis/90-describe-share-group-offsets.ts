import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import {
  type DescribeShareGroupOffsetsRequestGroup,
  describeShareGroupOffsetsApi,
} from '../../protocol/messages/describe-share-group-offsets.ts';
import type { TopicImage } from '../controller/metadata-image.ts';
import { GroupRefusal } from '../groups/group-refusal.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';

const NOT_BEGUN = { startOffset: -1, lag: -1 };

/** DescribeShareGroupOffsets 0–1 (KIP-932): where share groups are. Null topics: all they read. v1 the lag (KIP-1226). */
export const describeShareGroupOffsets = handler(
  describeShareGroupOffsetsApi,
  { min: 0, max: 1 },
  async (request, context) => ({
    groups: await Promise.all(request.groups.map((group) => describe(group, context))),
  }),
);

async function describe({ groupId, topics }: DescribeShareGroupOffsetsRequestGroup, context: RequestContext) {
  const { coordinator, cluster } = context;
  if (!may(context, 'describe', 'group', groupId)) return { groupId, ...NOT_AUTHORIZED.group };
  const { shard, errorCode } = coordinator.shardOf(groupId);
  if (shard === null) return { groupId, errorCode };
  let wanted = topics;
  if (wanted === null) {
    const group = shard.groups.get(groupId);
    const states = group?.type === 'share' ? (group.stateTopics?.initialized ?? []) : [];
    wanted = [...states]
      .filter(
        ([topicId, { name }]) => cluster.image.topicById(topicId) && may(context, 'describe', 'topic', name),
      )
      .map(([, { name, partitions }]) => ({
        topicName: name,
        partitions: [...partitions].sort((a, b) => a - b),
      }));
  }
  const described = wanted.map(async ({ topicName, partitions }) => {
    const topic = cluster.image.topic(topicName);
    if (!may(context, 'describe', 'topic', topicName)) {
      const denied = partitions.map((partitionIndex) => ({
        partitionIndex,
        ...NOT_BEGUN,
        ...NOT_AUTHORIZED.topic,
      }));
      return { topicName, topicId: ZERO_UUID, partitions: denied };
    }
    if (topic === undefined) {
      const unknown = partitions.map((partitionIndex) => ({ partitionIndex, ...NOT_BEGUN }));
      return { topicName, topicId: ZERO_UUID, partitions: unknown };
    }
    const answers = partitions.map((partition) => offsetOf(groupId, topic, partition, context));
    return { topicName, topicId: topic.id, partitions: await Promise.all(answers) };
  });
  return { groupId, errorCode: ERROR.NONE, topics: await Promise.all(described) };
}

async function offsetOf(groupId: string, topic: TopicImage, partition: number, context: RequestContext) {
  try {
    const key = { groupId, topicId: topic.id, partition };
    const { startOffset, leaderEpoch, deliveryCompleteCount } =
      await context.coordinator.persister.summary(key);
    const end = endOffsetOf(topic, partition, context);
    const isKnown = startOffset >= 0 && deliveryCompleteCount >= 0 && end !== null;
    const lag = isKnown ? Math.max(0, end - startOffset - deliveryCompleteCount) : -1;
    return { partitionIndex: partition, startOffset, leaderEpoch, lag };
  } catch (error) {
    if (!(error instanceof GroupRefusal)) throw error;
    const { errorCode, message } = error;
    if (errorCode === ERROR.UNKNOWN_TOPIC_OR_PARTITION) return { partitionIndex: partition, ...NOT_BEGUN };
    return { partitionIndex: partition, ...NOT_BEGUN, errorCode, errorMessage: message };
  }
}

/** The high watermark, as the partition's leader has it; null when there is none. */
function endOffsetOf(topic: TopicImage, partition: number, { cluster }: RequestContext): number | null {
  const leader = cluster.brokers.get(topic.partitions[partition]?.leader ?? -1);
  return leader?.partitions.get(topic.name, partition)?.highWatermark ?? null;
}
