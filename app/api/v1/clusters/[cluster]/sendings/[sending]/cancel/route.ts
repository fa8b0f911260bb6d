import { route } from '../../../../../../../../server/http/route.ts';
import { cancelSending } from '../../../../../../../../server/messages/sending/running-sendings.ts';

export const POST = route('cancelSending', ({ params }) => cancelSending(params.sending));
