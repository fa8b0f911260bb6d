import { route } from '../../../../../../../server/http/route.ts';
import { deleteTopic } from '../../../../../../../server/topics/delete-topic.ts';
import { readTopic } from '../../../../../../../server/topics/read-topic.ts';

export const GET = route('getTopic', ({ cluster, params }) => readTopic(cluster, params.topic));
export const DELETE = route('deleteTopic', ({ cluster, params }) => deleteTopic(cluster, params.topic));
