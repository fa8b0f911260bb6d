import type { EndpointName } from '../../lib/contract/endpoints.ts';
import { lasting } from '../lasting.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';

type Handler = (request: ApiRequest) => Promise<ApiAnswer>;

/** Handlers of the routes whose modules Next.js has loaded, for the HTTP server to call without its router (docs/decisions/0003). */
function knownRoutes(): Map<EndpointName, Handler> {
  return lasting('routes', () => new Map());
}

export function rememberRoute(name: EndpointName, handler: Handler): void {
  knownRoutes().set(name, handler);
}

/** Null until the endpoint was asked for once. */
export function knownRoute(name: EndpointName): Handler | null {
  return knownRoutes().get(name) ?? null;
}
