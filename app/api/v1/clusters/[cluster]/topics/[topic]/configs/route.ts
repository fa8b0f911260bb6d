import { route } from '../../../../../../../../server/http/route.ts';
import { alterTopicConfigs } from '../../../../../../../../server/topics/alter-topic-configs.ts';
import { readTopicConfigs } from '../../../../../../../../server/topics/read-topic-configs.ts';

export const GET = route('getTopicConfigs', ({ cluster, params }) => readTopicConfigs(cluster, params.topic));
export const PATCH = route('alterTopicConfigs', ({ cluster, params, body }) =>
  alterTopicConfigs(cluster, params.topic, body),
);
