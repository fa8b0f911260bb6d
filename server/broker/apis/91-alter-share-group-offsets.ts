import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import {
  type AlterShareGroupOffsetsRequest,
  type AlterShareGroupOffsetsRequestTopic,
  type AlterShareGroupOffsetsResponse,
  alterShareGroupOffsetsApi,
} from '../../protocol/messages/alter-share-group-offsets.ts';
import type { Input } from '../../protocol/schema.ts';
import { GroupRefusal, orRefusal } from '../groups/group-refusal.ts';
import { openShareGroup } from '../groups/share/share-heartbeat.ts';
import { initialize, withInitializing } from '../groups/share/share-initialization.ts';
import { stateTopicsRecord } from '../groups/share/share-records.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';

type Answer = Input<AlterShareGroupOffsetsResponse>;

const UNKNOWN_PARTITION = {
  errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION,
  errorMessage: 'This server does not host this topic-partition.',
};

/** AlterShareGroupOffsets 0 (KIP-932): a share group without members begins anew at other offsets. */
export const alterShareGroupOffsets = handler(
  alterShareGroupOffsetsApi,
  { min: 0, max: 0 },
  (request, context) =>
    orRefusal<Answer>(
      () => alter(request, context),
      (refusal) => refusal,
    ),
);

async function alter(
  { groupId, topics }: AlterShareGroupOffsetsRequest,
  context: RequestContext,
): Promise<Answer> {
  const { coordinator, cluster } = context;
  if (!may(context, 'read', 'group', groupId)) return NOT_AUTHORIZED.group;
  const { shard, errorCode } = coordinator.shardOf(groupId);
  if (shard === null) return { errorCode };
  const group = openShareGroup(shard, groupId, true);
  if (!group.isEmpty) throw new GroupRefusal(ERROR.NON_EMPTY_GROUP, 'The group is not empty.');
  const startOffsets = new Map<string, Map<number, number>>();
  for (const { topicName, partitions } of topics) {
    const topic = cluster.image.topic(topicName);
    if (topic === undefined || !may(context, 'read', 'topic', topicName)) continue;
    const known = partitions.filter(({ partitionIndex }) => topic.partitions[partitionIndex] !== undefined);
    if (known.length === 0) continue;
    const offsets = known.map((each) => [each.partitionIndex, Number(each.startOffset)] as const);
    startOffsets.set(topic.id, new Map(offsets));
  }
  let failures = new Map<string, GroupRefusal>();
  if (startOffsets.size > 0) {
    const written = await shard.write([stateTopicsRecord(groupId, withInitializing(group, startOffsets))]);
    if (written !== ERROR.NONE) return { errorCode: written };
    const stateEpoch = group.epoch;
    failures = await initialize(shard, coordinator.persister, groupId, { stateEpoch, startOffsets });
  }
  return {
    errorCode: ERROR.NONE,
    responses: topics.map((topic) => answerFor(topic, failures, context)),
  };
}

function answerFor(
  { topicName, partitions }: AlterShareGroupOffsetsRequestTopic,
  failures: ReadonlyMap<string, GroupRefusal>,
  context: RequestContext,
) {
  const topic = context.cluster.image.topic(topicName);
  const isAllowed = may(context, 'read', 'topic', topicName);
  const outcomeOf = (partition: number) => {
    if (!isAllowed) return NOT_AUTHORIZED.topic;
    if (topic?.partitions[partition] === undefined) return UNKNOWN_PARTITION;
    const failure = failures.get(`${topic.id}-${partition}`);
    return failure === undefined
      ? { errorCode: ERROR.NONE, errorMessage: null }
      : { errorCode: failure.errorCode, errorMessage: failure.message };
  };
  return {
    topicName,
    topicId: topic?.id ?? ZERO_UUID,
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, ...outcomeOf(partitionIndex) })),
  };
}
