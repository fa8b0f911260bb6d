import { route } from '../../../../../../../../server/http/route.ts';
import { readTopicGroups } from '../../../../../../../../server/topics/read-topic-groups.ts';

export const GET = route('listTopicGroups', ({ cluster, params }) => readTopicGroups(cluster, params.topic));
