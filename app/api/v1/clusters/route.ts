import { readClusters } from '../../../../server/clusters/read-clusters.ts';
import { route } from '../../../../server/http/route.ts';

export const GET = route('listClusters', ({ registry }) => readClusters(registry.clusters.values()));
