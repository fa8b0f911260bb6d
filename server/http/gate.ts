import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Method } from '../../lib/contract/endpoint.ts';
import type { EndpointName } from '../../lib/contract/endpoints.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { Problem } from '../../lib/contract/problem.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { decodeSegment, matchPath } from './endpoint-path.ts';
import { problemDocument } from './problem-answer.ts';

/** As much of a request as the gate looks at. */
export interface GateRequest {
  method?: string;
  url?: string;
  headers: IncomingHttpHeaders;
}

/** A request that may go on; `endpoint` names what it asks of the API, null for anything else. */
export interface Admission {
  endpoint: EndpointName | null;
}

export interface Refusal {
  problem: Unspoken<Problem>;
  headers: Record<string, string>;
}

/**
 * Looks at every request before anything else does, and refuses what must not go on:
 * a malformed address, a host name that is not this console's (DNS rebinding), a change that another site's page asks
 * for, or a path or method that the API does not have.
 *
 * @param allowedHosts host names besides addresses and localhost; `*` allows every one
 */
export function admit(request: GateRequest, allowedHosts: readonly string[]): Admission | Refusal {
  try {
    const path = checkedPath(request.url ?? '/');
    checkHost(request.headers.host, allowedHosts);
    if (!isSafe(request.method)) checkSameOrigin(request.headers);
    return path.startsWith('/api/') ? endpointOf(path, request.method) : { endpoint: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { problem: problemDocument(error), headers: {} };
  }
}

function isSafe(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** The path as it was sent. Dot segments would be folded by whoever parses it next, so none may be there. */
function checkedPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0]!;
  if (!path.startsWith('/') || path.includes('\\')) {
    throw new Failure('invalid_request', say('api.notPath'), {
      action: say('api.notPath.do'),
    });
  }
  for (const segment of path.split('/').map(decodeSegment)) {
    if (segment === '.' || segment === '..') {
      throw new Failure('invalid_request', say('api.dotSegment'), {
        action: say('api.dotSegment.do'),
      });
    }
  }
  return path;
}

/** A page whose name resolves to this machine reaches it with its own name in Host; an address cannot be rebound. */
function checkHost(host: string | undefined, allowedHosts: readonly string[]): void {
  const name = hostName(host);
  const isAllowed =
    name !== null &&
    (isIP(name) !== 0 ||
      name === 'localhost' ||
      name.endsWith('.localhost') ||
      allowedHosts.some((allowed) => allowed === '*' || allowed.toLowerCase() === name));
  if (!isAllowed) {
    throw new Failure('forbidden', say('api.unknownHost'), {
      action: say('api.unknownHost.do'),
    });
  }
}

/** `example.com` of `Example.com:9000`, `::1` of `[::1]:9000`; null when it is none. */
function hostName(host: string | undefined): string | null {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([^[\]:/@\s]+))(?::\d+)?$/i.exec(host ?? '');
  return (parts?.[1] ?? parts?.[2])?.toLowerCase() ?? null;
}

function checkSameOrigin(headers: IncomingHttpHeaders): void {
  const { origin, host, 'sec-fetch-site': site } = headers;
  // Browsers send Sec-Fetch-Site to secure addresses and this machine only, and know better than a proxied Host.
  const isSame =
    site !== undefined
      ? site === 'same-origin' || site === 'none'
      : origin === undefined || hostOf(origin) === host?.toLowerCase();
  if (!isSame) {
    throw new Failure('forbidden', say('api.otherSite'), {
      action: say('api.otherSite.do'),
    });
  }
}

function hostOf(origin: string): string | null {
  return URL.parse(origin)?.host ?? null;
}

function endpointOf(path: string, method: string | undefined): Admission | Refusal {
  if (path === '/api/openapi.json') return { endpoint: null };
  const match = matchPath(path);
  if (!match) {
    const failure = new Failure('not_found', say('api.unknownPath'), { action: say('api.unknownPath.do') });
    return { problem: problemDocument(failure), headers: {} };
  }
  const endpoint = match.methods.get(method as Method);
  if (endpoint) return { endpoint };
  const allowed = [...match.methods.keys()] as string[];
  if (match.methods.has('GET')) allowed.push('HEAD');
  if (method === 'OPTIONS' || allowed.includes(method ?? '')) return { endpoint: null };
  const detail = say('api.unknownMethod', { method: method ?? '', allowed: allowed.join(', ') });
  return {
    problem: {
      ...problemDocument(new Failure('invalid_request', detail)),
      title: say('title.methodNotAllowed'),
      status: 405,
    },
    headers: { allow: allowed.join(', ') },
  };
}
