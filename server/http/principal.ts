import type { EndpointShape } from '../../lib/contract/endpoint.ts';
import type { ApiRequest } from './api-request.ts';

/** Who calls. */
export interface Principal {
  name: string;
}

/**
 * Who sends this request. There is no sign-in: whoever reaches the console's address is its user, which is why it
 * listens on this machine alone unless told otherwise. This is the place where a session is read once there is one.
 */
export function identify(_request: ApiRequest): Principal {
  return { name: 'local' };
}

/** Whether this principal may do what an endpoint asks for. The local one may do everything. */
export function mayCall(principal: Principal, _shape: EndpointShape): boolean {
  return principal.name === 'local';
}
