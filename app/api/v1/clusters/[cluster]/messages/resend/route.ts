import { route } from '../../../../../../../server/http/route.ts';
import { resendMessages } from '../../../../../../../server/messages/resend/resend-messages.ts';

export const POST = route('resendMessages', ({ cluster, registry, body, signal, note }) =>
  resendMessages(cluster, registry.clusters, body, { signal, note }),
);
