import { route } from '../../../../../../../server/http/route.ts';
import { searchMessages } from '../../../../../../../server/messages/search-messages.ts';

export const POST = route('searchMessages', ({ cluster, body, signal }) =>
  searchMessages(cluster, body, signal),
);
