import { ERROR } from '../../protocol/errors.ts';
import { type OffsetFetchRequestGroup, offsetFetchApi } from '../../protocol/messages/offset-fetch.ts';
import type { AnyGroup } from '../groups/any-group.ts';
import { fetchError } from '../groups/commit-error.ts';
import type { CommittedOffset } from '../groups/committed-offset.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may } from '../security/permissions.ts';

/** What a partition without a committed offset is answered with. */
const NEVER_COMMITTED = { committedOffset: -1, committedLeaderEpoch: -1, metadata: '' };

/**
 * OffsetFetch 1–10. v2 null topics: all that were committed; v7 only stable offsets (KIP-447); v8 many
 * groups (KIP-709); v9 members tell their epoch (KIP-848); v10 topics by id.
 * A group that does not exist has no offsets: that is no error.
 */
export const offsetFetch = handler(offsetFetchApi, { min: 1, max: 10 }, (request, context) => {
  if (context.header.apiVersion < 8) {
    const { group, errorCode } = find(request.groupId, context);
    const visible = everything(group).filter(({ name }) => isVisible(name, context));
    const topics = (request.topics ?? visible).map(({ name, partitionIndexes }) => {
      const code = isVisible(name, context) ? errorCode : errorCode || ERROR.TOPIC_AUTHORIZATION_FAILED;
      return {
        name,
        partitions: partitionIndexes.map((partition) =>
          fetched(group, name, partition, code, request.requireStable),
        ),
      };
    });
    return { errorCode, topics: errorCode === ERROR.NONE || request.topics !== null ? topics : [] };
  }
  const { requireStable } = request;
  return { groups: request.groups.map((wanted) => fetchGroup(wanted, requireStable, context)) };
});

function fetchGroup(
  { groupId, memberId, memberEpoch, topics: wanted }: OffsetFetchRequestGroup,
  requireStable: boolean,
  context: RequestContext,
) {
  const { cluster, header } = context;
  const found = find(groupId, context);
  const { group } = found;
  const errorCode =
    found.errorCode || (group === undefined ? ERROR.NONE : fetchError(group, memberId, memberEpoch));
  if (errorCode !== ERROR.NONE) return { groupId, errorCode, topics: [] };
  const byId = header.apiVersion >= 10;
  const idOf = (name: string) => cluster.image.topic(name)?.id;
  const topics = wanted ?? everything(group).map((topic) => ({ ...topic, topicId: idOf(topic.name) ?? '' }));
  return {
    groupId,
    errorCode: ERROR.NONE,
    topics: topics.flatMap(({ name, topicId, partitionIndexes }) => {
      const topic = byId ? cluster.image.topicById(topicId)?.name : name;
      if (topic === undefined) {
        // Asked for by an id that is gone: said for each partition. Among all of a group's offsets it is left out.
        if (wanted === null) return [];
        const partitions = partitionIndexes.map((partitionIndex) => ({
          partitionIndex,
          ...NEVER_COMMITTED,
          errorCode: ERROR.UNKNOWN_TOPIC_ID,
        }));
        return [{ topicId, partitions }];
      }
      if (wanted === null && !isVisible(topic, context)) return [];
      const code = isVisible(topic, context) ? ERROR.NONE : ERROR.TOPIC_AUTHORIZATION_FAILED;
      const partitions = partitionIndexes.map((partition) =>
        fetched(group, topic, partition, code, requireStable),
      );
      return [byId ? { topicId, partitions } : { name, partitions }];
    }),
  };
}

function isVisible(topic: string, context: RequestContext): boolean {
  return may(context, 'describe', 'topic', topic);
}

function find(groupId: string, context: RequestContext) {
  if (!may(context, 'describe', 'group', groupId)) {
    return { group: undefined, errorCode: ERROR.GROUP_AUTHORIZATION_FAILED };
  }
  const { coordinator } = context;
  const { shard, errorCode } = coordinator.shardOf(groupId);
  return { group: shard?.groups.get(groupId), errorCode };
}

function everything(group: AnyGroup | undefined): { name: string; partitionIndexes: number[] }[] {
  return [...(group?.offsets ?? new Map<string, Map<number, CommittedOffset>>())].map(
    ([name, partitions]) => ({
      name,
      partitionIndexes: [...partitions.keys()],
    }),
  );
}

function fetched(
  group: AnyGroup | undefined,
  topic: string,
  partitionIndex: number,
  errorCode: number,
  requireStable: boolean,
) {
  const isServed = errorCode === ERROR.NONE;
  if (isServed && requireStable && group?.home.transactional.isUnstable(group.id, topic, partitionIndex)) {
    return { partitionIndex, ...NEVER_COMMITTED, errorCode: ERROR.UNSTABLE_OFFSET_COMMIT };
  }
  const committed = group?.offsets.get(topic)?.get(partitionIndex);
  if (!isServed || committed === undefined) {
    return { partitionIndex, ...NEVER_COMMITTED, errorCode };
  }
  const { offset, leaderEpoch, metadata } = committed;
  return {
    partitionIndex,
    committedOffset: offset,
    committedLeaderEpoch: leaderEpoch,
    metadata,
    errorCode,
  };
}
