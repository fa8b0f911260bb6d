import { route } from '../../../../../../../server/http/route.ts';
import { deleteSavedSearch } from '../../../../../../../server/searches/saved-searches.ts';

export const DELETE = route(
  'deleteSavedSearch',
  ({ params, registry }) => deleteSavedSearch(registry.store, params.cluster, params.search),
  { waitForCluster: false },
);
