import { route } from '../../../../../../../../server/http/route.ts';
import { previewResend } from '../../../../../../../../server/messages/resend/preview-resend.ts';

export const POST = route('previewResend', ({ cluster, registry, body, signal }) =>
  previewResend(cluster, registry.clusters, body, signal),
);
