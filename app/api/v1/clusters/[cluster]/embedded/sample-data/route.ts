import { setSampleData } from '../../../../../../../server/embedded/set-sample-data.ts';
import { route } from '../../../../../../../server/http/route.ts';

export const POST = route('setSampleData', ({ cluster, registry, body }) =>
  setSampleData(cluster, registry, body),
);
