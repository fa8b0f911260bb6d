import { ERROR } from '../../protocol/errors.ts';
import { offsetDeleteApi } from '../../protocol/messages/offset-delete.ts';
import { offsetTombstone } from '../groups/group-records.ts';
import { dropOffset } from '../groups/offsets.ts';
import { subscribedTopics } from '../groups/subscription.ts';
import { handler } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';

/** OffsetDelete 0 (KIP-496): forgets a group's offsets in topics that none of its members reads. */
export const offsetDelete = handler(offsetDeleteApi, { min: 0, max: 0 }, async (request, context) => {
  const { coordinator, cluster } = context;
  if (!may(context, 'delete', 'group', request.groupId)) return NOT_AUTHORIZED.group;
  const { shard, errorCode } = coordinator.shardOf(request.groupId);
  if (shard === null) return { errorCode };
  const group = shard.groups.get(request.groupId);
  if (group === undefined || group.type === 'share') return { errorCode: ERROR.GROUP_ID_NOT_FOUND };
  const subscribed = group.isEmpty ? new Set<string>() : subscribedTopics(group);
  if (subscribed === null) return { errorCode: ERROR.NON_EMPTY_GROUP };

  const codeOf = (topic: string, partition: number) => {
    if (!may(context, 'read', 'topic', topic)) return ERROR.TOPIC_AUTHORIZATION_FAILED;
    if (cluster.image.partition(topic, partition) === undefined) return ERROR.UNKNOWN_TOPIC_OR_PARTITION;
    return subscribed.has(topic) ? ERROR.GROUP_SUBSCRIBED_TO_TOPIC : ERROR.NONE;
  };
  const topics = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex }) => ({
      partitionIndex,
      errorCode: codeOf(name, partitionIndex),
    })),
  }));
  const forgotten = topics.flatMap(({ name, partitions }) =>
    partitions
      .filter((partition) => partition.errorCode === ERROR.NONE)
      .filter(
        ({ partitionIndex }) =>
          group.offsets.get(name)?.has(partitionIndex) ||
          shard.transactional.isUnstable(group.id, name, partitionIndex),
      )
      .map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex })),
  );
  if (forgotten.length > 0) {
    const failure = await shard.append(
      forgotten.map(({ topic, partition }) => offsetTombstone(group.id, topic, partition)),
    );
    if (failure !== ERROR.NONE) return { errorCode: failure };
    for (const { topic, partition } of forgotten) dropOffset(group, topic, partition);
  }
  return { errorCode: ERROR.NONE, topics };
});
