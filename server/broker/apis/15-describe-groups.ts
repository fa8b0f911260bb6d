import { ERROR } from '../../protocol/errors.ts';
import { describeGroupsApi } from '../../protocol/messages/describe-groups.ts';
import type { Group } from '../groups/group.ts';
import { handler } from '../net/handler.ts';
import { AUTHORIZED_OPERATIONS } from './authorized-operations.ts';

const NOTHING = Buffer.alloc(0);

/** DescribeGroups 0–6. v3 authorized operations, v4 static members, v6 an error for groups that do not exist (KIP-1043). */
export const describeGroups = handler(describeGroupsApi, { min: 0, max: 6 }, (request, context) => {
  const { coordinator, header } = context;
  const authorizedOperations = request.includeAuthorizedOperations
    ? AUTHORIZED_OPERATIONS.group
    : AUTHORIZED_OPERATIONS.untold;
  return {
    groups: request.groups.map((groupId) => {
      const { shard, errorCode } = coordinator.shardOf(groupId);
      if (shard === null) return { groupId, errorCode, authorizedOperations: AUTHORIZED_OPERATIONS.untold };
      const group = shard.groups.get(groupId);
      if (group === undefined) {
        const isError = header.apiVersion >= 6;
        return {
          groupId,
          groupState: 'Dead',
          errorCode: isError ? ERROR.GROUP_ID_NOT_FOUND : ERROR.NONE,
          errorMessage: isError ? `Group ${groupId} not found.` : null,
          authorizedOperations,
        };
      }
      return { ...describedGroup(group), errorCode: ERROR.NONE, authorizedOperations };
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
