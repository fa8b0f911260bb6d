import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import { type OffsetCommitRequestTopic, offsetCommitApi } from '../../protocol/messages/offset-commit.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import { commitError } from '../groups/commit-error.ts';
import { type Committer, commitOffsets, type OffsetToCommit } from '../groups/offsets.ts';
import { handler } from '../net/handler.ts';
import { may } from '../security/permissions.ts';

/** Members of the new protocol tell their epoch from this version on (KIP-848). */
const FIRST_VERSION_WITH_MEMBER_EPOCHS = 9;

/**
 * OffsetCommit 2–10. v6 leader epochs (KIP-320), v7 static members, v9 member epochs (KIP-848), v10 topics by id. Outside of any
 * generation (generation −1) anyone may commit for a group without members: so offsets are reset.
 */
export const offsetCommit = handler(offsetCommitApi, { min: 2, max: 10 }, async (request, context) => {
  const { coordinator, cluster, header } = context;
  const byId = header.apiVersion >= 10;
  const topics = request.topics.map((topic) => ({
    topic,
    name: byId ? cluster.image.topicById(topic.topicId)?.name : topic.name,
  }));
  const answerAll = (codeOf: (topic: string | undefined, partition: number) => number) => ({
    topics: topics.map(({ topic, name }) => ({
      name: topic.name,
      topicId: topic.topicId,
      partitions: topic.partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: codeOf(name, partitionIndex),
      })),
    })),
  });

  if (!may(context, 'read', 'group', request.groupId)) {
    return answerAll(() => ERROR.GROUP_AUTHORIZATION_FAILED);
  }
  const isForbidden = (name: string) => !may(context, 'read', 'topic', name);
  const { shard, errorCode } = coordinator.shardOf(request.groupId);
  if (shard === null) return answerAll(() => errorCode);
  const committer: Committer = {
    memberId: request.memberId,
    generationId: request.generationIdOrMemberEpoch,
    instanceId: request.groupInstanceId,
    retentionMs: Number(request.retentionTimeMs),
    apiVersion: header.apiVersion,
    isTransactional: false,
  };
  const existing = shard.groups.get(request.groupId);
  if (existing === undefined && committer.generationId >= 0) {
    const isNew = header.apiVersion >= FIRST_VERSION_WITH_MEMBER_EPOCHS;
    return answerAll(() => (isNew ? ERROR.GROUP_ID_NOT_FOUND : ERROR.ILLEGAL_GENERATION));
  }
  const offsets = topics.flatMap(({ topic, name }) =>
    name === undefined || isForbidden(name) ? [] : knownOffsets(cluster.image, name, topic),
  );
  const group = existing ?? shard.open(request.groupId);
  const refused = commitError(group, committer, offsets);
  if (refused !== ERROR.NONE) return answerAll(() => refused);
  const codes = await commitOffsets(group, committer, offsets);
  const codeByPartition = new Map(
    offsets.map(({ topic, partition }, index) => [`${topic}-${partition}`, codes[index]!]),
  );
  return answerAll((topic, partition) => {
    if (topic === undefined) return ERROR.UNKNOWN_TOPIC_ID;
    if (isForbidden(topic)) return ERROR.TOPIC_AUTHORIZATION_FAILED;
    return codeByPartition.get(`${topic}-${partition}`) ?? ERROR.UNKNOWN_TOPIC_OR_PARTITION;
  });
});

/** What is to be committed of one topic, without partitions that do not exist. */
function knownOffsets(image: MetadataImage, name: string, topic: OffsetCommitRequestTopic): OffsetToCommit[] {
  return topic.partitions
    .filter(({ partitionIndex }) => image.partition(name, partitionIndex) !== undefined)
    .map((partition) => ({
      topic: name,
      topicId: image.topic(name)?.id ?? ZERO_UUID,
      partition: partition.partitionIndex,
      offset: Number(partition.committedOffset),
      leaderEpoch: partition.committedLeaderEpoch,
      metadata: partition.committedMetadata,
    }));
}
