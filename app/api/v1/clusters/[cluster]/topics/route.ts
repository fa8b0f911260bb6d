import { route } from '../../../../../../server/http/route.ts';
import { createTopic } from '../../../../../../server/topics/create-topic.ts';
import { readTopics } from '../../../../../../server/topics/read-topics.ts';

export const GET = route('listTopics', ({ cluster, query }) => readTopics(cluster, query));
export const POST = route('createTopic', ({ cluster, body }) => createTopic(cluster, body));
