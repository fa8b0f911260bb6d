import { readBrokers } from '../../../../../../server/brokers/read-brokers.ts';
import { route } from '../../../../../../server/http/route.ts';

export const GET = route('listBrokers', ({ cluster }) => readBrokers(cluster));
