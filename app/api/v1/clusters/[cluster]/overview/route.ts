import { route } from '../../../../../../server/http/route.ts';
import { readOverview } from '../../../../../../server/overview/read-overview.ts';

export const GET = route('getOverview', ({ cluster }) => readOverview(cluster));
