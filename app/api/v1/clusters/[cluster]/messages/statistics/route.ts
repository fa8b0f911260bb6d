import { route } from '../../../../../../../server/http/route.ts';
import { messageStatistics } from '../../../../../../../server/messages/message-statistics.ts';

export const POST = route('messageStatistics', ({ cluster, body, signal }) =>
  messageStatistics(cluster, body, signal),
);
