import { route } from '../../../../../../../../server/http/route.ts';
import { produceMessage } from '../../../../../../../../server/messages/produce-message.ts';
import { readMessages } from '../../../../../../../../server/messages/read-messages.ts';

export const GET = route('readMessages', ({ cluster, params, query, signal }) =>
  readMessages(cluster, params.topic, query, signal),
);
export const POST = route('produceMessage', ({ cluster, params, body }) =>
  produceMessage(cluster, params.topic, body),
);
