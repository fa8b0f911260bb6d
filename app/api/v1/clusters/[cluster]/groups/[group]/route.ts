import { readGroup } from '../../../../../../../server/groups/read-group.ts';
import { route } from '../../../../../../../server/http/route.ts';

export const GET = route('getGroup', ({ cluster, params }) => readGroup(cluster, params.group));
