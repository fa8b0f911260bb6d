import { ERROR } from '../../protocol/errors.ts';
import {
  type DeleteShareGroupOffsetsRequest,
  type DeleteShareGroupOffsetsResponse,
  deleteShareGroupOffsetsApi,
} from '../../protocol/messages/delete-share-group-offsets.ts';
import type { Input } from '../../protocol/schema.ts';
import { GroupRefusal, orRefusal } from '../groups/group-refusal.ts';
import { openShareGroup } from '../groups/share/share-heartbeat.ts';
import { deleteStates } from '../groups/share/share-initialization.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';

type Answer = Input<DeleteShareGroupOffsetsResponse>;

/** DeleteShareGroupOffsets 0 (KIP-932): a share group without members forgets topics. */
export const deleteShareGroupOffsets = handler(
  deleteShareGroupOffsetsApi,
  { min: 0, max: 0 },
  (request, context) =>
    orRefusal<Answer>(
      () => forget(request, context),
      (refusal) => refusal,
    ),
);

async function forget(
  { groupId, topics }: DeleteShareGroupOffsetsRequest,
  context: RequestContext,
): Promise<Answer> {
  const { coordinator, cluster } = context;
  if (!may(context, 'delete', 'group', groupId)) return NOT_AUTHORIZED.group;
  const { shard, errorCode } = coordinator.shardOf(groupId);
  if (shard === null) return { errorCode };
  const group = openShareGroup(shard, groupId, false);
  if (!group.isEmpty) throw new GroupRefusal(ERROR.NON_EMPTY_GROUP, 'The group is not empty.');
  const forgotten = new Set<string>();
  const responses = topics.map(({ topicName }) => {
    if (!may(context, 'read', 'topic', topicName)) return { topicName, ...NOT_AUTHORIZED.topic };
    const topicId = cluster.image.topic(topicName)?.id;
    if (topicId === undefined) {
      const errorMessage = 'This server does not host this topic-partition.';
      return { topicName, errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION, errorMessage };
    }
    const { initialized, deleting } = group.stateTopics ?? { initialized: new Map(), deleting: new Map() };
    if (!initialized.has(topicId) && !deleting.has(topicId)) {
      const errorMessage = 'There is no offset information to delete.';
      return { topicName, errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION, errorMessage };
    }
    forgotten.add(topicId);
    return { topicName, topicId, errorCode: ERROR.NONE, errorMessage: null };
  });
  if (forgotten.size > 0) await deleteStates(shard, coordinator.persister, group, forgotten);
  return { errorCode: ERROR.NONE, responses };
}
