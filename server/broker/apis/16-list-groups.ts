import { ERROR } from '../../protocol/errors.ts';
import { listGroupsApi } from '../../protocol/messages/list-groups.ts';
import { handler } from '../net/handler.ts';
import { may, mayOnCluster } from '../security/permissions.ts';

/** ListGroups 0–5: the groups that this broker coordinates. v4 filters by state (KIP-518), v5 by type (KIP-848). */
export const listGroups = handler(listGroupsApi, { min: 0, max: 5 }, (request, context) => {
  const { coordinator } = context;
  if (coordinator.isLoading) return { errorCode: ERROR.COORDINATOR_LOAD_IN_PROGRESS };
  const wanted = (filter: readonly string[], value: string) =>
    filter.length === 0 || filter.some((name) => name.toLowerCase() === value.toLowerCase());
  const mayAll = mayOnCluster(context, 'describe');
  const groups = coordinator.groups
    .filter(({ id }) => mayAll || may(context, 'describe', 'group', id))
    .filter(({ state, type }) => wanted(request.statesFilter, state) && wanted(request.typesFilter, type))
    .map(({ id, protocolType, state, type }) => ({
      groupId: id,
      protocolType: protocolType ?? '',
      groupState: state,
      groupType: type,
    }));
  return { errorCode: ERROR.NONE, groups };
});
