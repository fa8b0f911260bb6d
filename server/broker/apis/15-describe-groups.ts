import { ERROR } from '../../protocol/errors.ts';
import { describeGroupsApi } from '../../protocol/messages/describe-groups.ts';
import type { Group } from '../groups/group.ts';
import { handler } from '../net/handler.ts';
import { may } from '../security/permissions.ts';
import { authorizedOperations, OPERATIONS_UNTOLD } from './authorized-operations.ts';

const NOTHING = Buffer.alloc(0);

/** DescribeGroups 0–6. v3 authorized operations, v4 static members, v6 an error for groups that do not exist (KIP-1043). */
export const describeGroups = handler(describeGroupsApi, { min: 0, max: 6 }, (request, context) => {
  const { coordinator, header } = context;
  return {
    groups: request.groups.map((groupId) => {
      if (!may(context, 'describe', 'group', groupId)) {
        return { groupId, errorCode: ERROR.GROUP_AUTHORIZATION_FAILED };
      }
      const { shard, errorCode } = coordinator.shardOf(groupId);
      if (shard === null) return { groupId, errorCode, authorizedOperations: OPERATIONS_UNTOLD };
      const operations = request.includeAuthorizedOperations
        ? authorizedOperations(context, 'group', groupId)
        : OPERATIONS_UNTOLD;
      const group = shard.groups.get(groupId);
      if (group?.type !== 'classic') {
        const isError = header.apiVersion >= 6;
        return {
          groupId,
          groupState: 'Dead',
          errorCode: isError ? ERROR.GROUP_ID_NOT_FOUND : ERROR.NONE,
          errorMessage: isError
            ? group === undefined
              ? `Group ${groupId} not found.`
              : `Group ${groupId} is not a classic group.`
            : null,
          authorizedOperations: operations,
        };
      }
      return { ...describedGroup(group), errorCode: ERROR.NONE, authorizedOperations: operations };
    }),
  };
});

/** Subscriptions and assignments mean something only while the group is stable. */
function describedGroup(group: Group) {
  const isStable = group.state === 'Stable' && group.protocol !== null;
  return {
    groupId: group.id,
    groupState: group.state,
    protocolType: group.protocolType ?? '',
    protocolData: isStable ? group.protocol! : '',
    members: [...group.members.values()].map((member) => ({
      memberId: member.id,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberMetadata: isStable ? member.metadataFor(group.protocol!) : NOTHING,
      memberAssignment: isStable ? member.assignment : NOTHING,
    })),
  };
}
