import { route } from '../../../../../../server/http/route.ts';
import { electLeaders } from '../../../../../../server/plans/elect-leaders.ts';

export const POST = route('electLeaders', ({ cluster, body }) => electLeaders(cluster, body));
