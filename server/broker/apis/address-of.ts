import type { BrokerAddress, BrokerRegistration } from '../controller/metadata-image.ts';
import type { RequestContext } from '../net/handler.ts';

/** Where the broker listens for clients that came by the same listener as this one, e.g. by TLS. */
export function addressOf({ connection }: RequestContext, broker: BrokerRegistration): BrokerAddress {
  return broker.furtherListeners?.[connection.listenerName] ?? { host: broker.host, port: broker.port };
}
