import { ERROR } from '../../protocol/errors.ts';
import { deleteGroupsApi } from '../../protocol/messages/delete-groups.ts';
import { GroupRefusal } from '../groups/group-refusal.ts';
import { deleteStates, NO_STATE_TOPICS } from '../groups/share/share-initialization.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may } from '../security/permissions.ts';

/** DeleteGroups 0–2: groups without members, with their offsets; share groups with the states of their partitions. */
export const deleteGroups = handler(deleteGroupsApi, { min: 0, max: 2 }, async (request, context) => ({
  results: await Promise.all(
    request.groupsNames.map(async (groupId) => ({ groupId, errorCode: await deleteOne(groupId, context) })),
  ),
}));

async function deleteOne(groupId: string, context: RequestContext): Promise<number> {
  if (!may(context, 'delete', 'group', groupId)) return ERROR.GROUP_AUTHORIZATION_FAILED;
  const { coordinator } = context;
  const { shard, errorCode } = coordinator.shardOf(groupId);
  if (shard === null) return errorCode;
  const group = shard.groups.get(groupId);
  if (group === undefined) return ERROR.GROUP_ID_NOT_FOUND;
  if (group.state !== 'Empty') return ERROR.NON_EMPTY_GROUP;
  if (group.type === 'share') {
    try {
      const { initialized, initializing, deleting } = group.stateTopics ?? NO_STATE_TOPICS;
      const topicIds = new Set([...initialized.keys(), ...initializing.keys(), ...deleting.keys()]);
      if (topicIds.size > 0) await deleteStates(shard, coordinator.persister, group, topicIds);
    } catch (error) {
      if (!(error instanceof GroupRefusal)) throw error;
      return error.errorCode;
    }
  }
  return shard.delete(group);
}
