import { stopEmbeddedBroker } from '../../../../../../../../../server/embedded/control-broker.ts';
import { route } from '../../../../../../../../../server/http/route.ts';

export const POST = route('stopEmbeddedBroker', ({ cluster, registry, params, body }) =>
  stopEmbeddedBroker(cluster, registry, params.broker, body),
);
