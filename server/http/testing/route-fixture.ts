import { afterEach, beforeEach, expect } from 'vitest';
import type { EndpointName } from '../../../lib/contract/endpoints.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import { spoken } from '../../../lib/contract/sentence.ts';
import type { Cluster } from '../../cluster.ts';
import { type Registry, setRegistry } from '../../registry.ts';
import type { AuditEntry } from '../audit.ts';
import { log } from '../log.ts';
import { type RouteHandler, route } from '../route.ts';

export const cluster = { id: 'test' } as Cluster;
let lines: AuditEntry[] = [];

/** What the audit has been told since the test began. */
export const audited = (): AuditEntry[] => lines;

/** Routes over a cluster `test`, and one `starting` that is not ready, for each test of the file. */
export function withTestClusters(): void {
  beforeEach(() => {
    log().level = 'silent';
    lines = [];
    const entry = { id: 'test', name: 'Test', kind: 'external', cluster, ready: async () => cluster };
    const starting = {
      ...entry,
      id: 'starting',
      ready: () => Promise.reject(new Failure('unavailable', spoken('Not yet'))),
    };
    setRegistry({
      clusters: new Map([
        ['test', entry],
        ['starting', starting],
      ]),
      audit: { write: (line: AuditEntry) => lines.push(line) },
    } as unknown as Registry);
  });
  afterEach(() => setRegistry(null));
}

export interface Call {
  method?: string;
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export function send(
  handler: (request: Request) => Promise<Response>,
  path: string,
  call: Call = {},
): Promise<Response> {
  const headers = { ...(call.body ? { 'content-type': 'application/json' } : {}), ...call.headers };
  return handler(
    new Request(`http://127.0.0.1/api${path}`, { ...call, headers, duplex: 'half' } as RequestInit),
  );
}

/** Gives what a handler is given, as its answer. */
export function echo<Name extends EndpointName>(name: Name) {
  const seen: unknown[] = [];
  const handler = ((context) => {
    seen.push({ params: context.params, query: context.query, body: context.body, cluster: context.cluster });
    return { ok: true };
  }) as RouteHandler<Name>;
  return { seen, handler: route(name, handler) };
}

export const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = await response.json();
  expect(problem.status).toBe(response.status);
  return problem;
};
