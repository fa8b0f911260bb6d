import { route } from '../../../../../../../../server/http/route.ts';
import { readTopicSerdes, setTopicSerdes } from '../../../../../../../../server/messages/topic-serdes.ts';

export const GET = route('getTopicSerdes', ({ cluster, params, signal }) =>
  readTopicSerdes(cluster, params.topic, signal),
);
export const PATCH = route('setTopicSerdes', ({ cluster, params, body, signal }) =>
  setTopicSerdes(cluster, params.topic, body, signal),
);
