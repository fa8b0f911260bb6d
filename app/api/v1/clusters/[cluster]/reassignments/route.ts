import { route } from '../../../../../../server/http/route.ts';
import { alterReassignments } from '../../../../../../server/plans/alter-reassignments.ts';
import { listReassignments } from '../../../../../../server/plans/list-reassignments.ts';

export const GET = route('listReassignments', ({ cluster }) => listReassignments(cluster));
export const POST = route('alterReassignments', ({ cluster, body }) => alterReassignments(cluster, body));
