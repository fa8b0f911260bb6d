import { readGroups } from '../../../../../../server/groups/read-groups.ts';
import { route } from '../../../../../../server/http/route.ts';

export const GET = route('listGroups', ({ cluster, query }) => readGroups(cluster, query));
