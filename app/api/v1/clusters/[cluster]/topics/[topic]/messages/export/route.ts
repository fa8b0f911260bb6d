import { route } from '../../../../../../../../../server/http/route.ts';
import { exportMessages } from '../../../../../../../../../server/messages/export/export-messages.ts';

export const GET = route('exportMessages', ({ cluster, params, query, signal }) =>
  exportMessages(cluster, params.topic, query, signal),
);
