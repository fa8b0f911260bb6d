import { unregisterBrokerApi } from '../../protocol/messages/unregister-broker.ts';
import { handler } from '../net/handler.ts';
import { clusterRefusal } from '../security/permissions.ts';

/** UnregisterBroker 0 (KIP-631): a broker that will not come back is forgotten. */
export const unregisterBroker = handler(
  unregisterBrokerApi,
  { min: 0, max: 0 },
  ({ brokerId }, context) =>
    clusterRefusal(context, 'alter') ?? context.cluster.controller.unregisterBroker(brokerId),
);
