import { route } from '../../../../../../../../../server/http/route.ts';
import { importMessages } from '../../../../../../../../../server/messages/import/import-messages.ts';

export const POST = route('importMessages', ({ cluster, params, query, body, signal, note }) =>
  importMessages(cluster, params.topic, body, query, { signal, note }),
);
