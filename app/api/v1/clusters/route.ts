import { listClusters } from '../../../../server/http/list-clusters.ts';
import { route } from '../../../../server/http/route.ts';

export const GET = route('listClusters', ({ registry }) => listClusters(registry));
