import { ERROR } from '../../protocol/errors.ts';
import { listGroupsApi } from '../../protocol/messages/list-groups.ts';
import { handler } from '../net/handler.ts';

const GROUP_TYPE = 'classic';

/** ListGroups 0–5: the groups that this broker coordinates. v4 filters by state (KIP-518), v5 by type (KIP-848). */
export const listGroups = handler(listGroupsApi, { min: 0, max: 5 }, (request, { coordinator }) => {
  if (coordinator.isLoading) return { errorCode: ERROR.COORDINATOR_LOAD_IN_PROGRESS };
  const wanted = (filter: readonly string[], value: string) =>
    filter.length === 0 || filter.some((name) => name.toLowerCase() === value.toLowerCase());
  const groups = coordinator.activeShards
    .flatMap((shard) => [...shard.groups.values()])
    .filter(({ state }) => wanted(request.statesFilter, state) && wanted(request.typesFilter, GROUP_TYPE))
    .map(({ id, protocolType, state }) => ({
      groupId: id,
      protocolType: protocolType ?? '',
      groupState: state,
      groupType: GROUP_TYPE,
    }));
  return { errorCode: ERROR.NONE, groups };
});
