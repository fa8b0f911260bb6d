import { readBroker } from '../../../../../../../server/brokers/read-broker.ts';
import { route } from '../../../../../../../server/http/route.ts';

export const GET = route('getBroker', ({ cluster, params }) => readBroker(cluster, params.broker));
