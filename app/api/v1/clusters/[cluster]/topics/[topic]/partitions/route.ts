import { route } from '../../../../../../../../server/http/route.ts';
import { addPartitions } from '../../../../../../../../server/topics/add-partitions.ts';

export const POST = route('addPartitions', ({ cluster, params, body }) =>
  addPartitions(cluster, params.topic, body),
);
