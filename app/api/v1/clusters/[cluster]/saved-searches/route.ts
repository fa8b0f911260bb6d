import { route } from '../../../../../../server/http/route.ts';
import { listSavedSearches, saveSearch } from '../../../../../../server/searches/saved-searches.ts';

/** What the console itself remembers is there while the cluster is not. */
const own = { waitForCluster: false };

export const GET = route(
  'listSavedSearches',
  ({ params, registry }) => listSavedSearches(registry.store, params.cluster),
  own,
);
export const POST = route(
  'saveSearch',
  ({ params, body, registry }) => saveSearch(registry.store, params.cluster, body),
  own,
);
