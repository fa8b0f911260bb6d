import { route } from '../../../../../../../server/http/route.ts';
import { previewReassignment } from '../../../../../../../server/plans/preview-reassignment.ts';

export const POST = route('previewReassignment', ({ cluster, body }) => previewReassignment(cluster, body));
