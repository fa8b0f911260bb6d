import { route } from '../../../../../../../../../server/http/route.ts';
import { deleteRecords } from '../../../../../../../../../server/plans/delete-records.ts';

export const POST = route('deleteRecords', ({ cluster, params, body, note }) =>
  deleteRecords(cluster, params.topic, body, note),
);
