import { startEmbeddedBroker } from '../../../../../../../../../server/embedded/control-broker.ts';
import { route } from '../../../../../../../../../server/http/route.ts';

export const POST = route('startEmbeddedBroker', ({ cluster, registry, params }) =>
  startEmbeddedBroker(cluster, registry, params.broker),
);
