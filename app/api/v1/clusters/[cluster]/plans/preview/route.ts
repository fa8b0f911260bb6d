import { route } from '../../../../../../../server/http/route.ts';
import { previewPlan } from '../../../../../../../server/plans/preview-plan.ts';

export const POST = route('previewPlan', ({ cluster, body }) => previewPlan(cluster, body));
