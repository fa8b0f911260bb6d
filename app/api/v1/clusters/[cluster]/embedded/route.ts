import { readEmbedded } from '../../../../../../server/embedded/read-embedded.ts';
import { route } from '../../../../../../server/http/route.ts';

export const GET = route(
  'getEmbedded',
  ({ params, registry }) => readEmbedded(params.cluster === 'embedded' ? registry : null),
  { waitForCluster: false },
);
