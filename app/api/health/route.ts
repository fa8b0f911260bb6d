import { readHealth } from '../../../server/clusters/read-clusters.ts';
import { route } from '../../../server/http/route.ts';

export const GET = route('getHealth', ({ registry }) => readHealth(registry.clusters.values(), registry));
