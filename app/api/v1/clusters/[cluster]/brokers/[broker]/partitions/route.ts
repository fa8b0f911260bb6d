import { readBrokerPartitions } from '../../../../../../../../server/brokers/read-broker-partitions.ts';
import { route } from '../../../../../../../../server/http/route.ts';

export const GET = route('listBrokerPartitions', ({ cluster, params, query }) =>
  readBrokerPartitions(cluster, params.broker, query),
);
