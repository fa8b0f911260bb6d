import { alterBrokerConfigs } from '../../../../../../../../server/brokers/alter-broker-configs.ts';
import { route } from '../../../../../../../../server/http/route.ts';

export const PATCH = route('alterBrokerConfigs', ({ cluster, params, body }) =>
  alterBrokerConfigs(cluster, params.broker, body),
);
