import { route } from '../../../../../../../../../server/http/route.ts';
import { produceMany } from '../../../../../../../../../server/messages/produce-many.ts';

export const POST = route('produceMany', ({ cluster, params, body, signal, note }) =>
  produceMany(cluster, params.topic, body, { signal, note }),
);
