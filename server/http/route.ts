import { hash } from 'node:crypto';
import type { EndpointAnswer, EndpointInput, EndpointShape } from '../../lib/contract/endpoint.ts';
import { type EndpointName, type Endpoints, endpoints } from '../../lib/contract/endpoints.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { MessageEnd } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { jsonIn, say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { type Registry, registry } from '../registry.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';
import { redactBody } from './audit.ts';
import { matchPath } from './endpoint-path.ts';
import { rememberRoute } from './known-routes.ts';
import { observeRequest } from './metrics.ts';
import { ndjsonStream } from './ndjson.ts';
import { identify, mayCall, type Principal } from './principal.ts';
import { failureFrom, problemAnswer, problemDocument } from './problem-answer.ts';
import { readJsonBody } from './request-body.ts';
import { parseBody, parseParams, parseQuery } from './request-input.ts';
import { localeOf } from './request-locale.ts';

/** What a handler is given: everything is checked, and the cluster can be used. */
export type RouteContext<Name extends EndpointName> = EndpointInput<Endpoints[Name]> & {
  cluster: EndpointInput<Endpoints[Name]>['params'] extends { cluster: string } ? Cluster : null;
  registry: Registry;
  /** Fires when the one who asked is gone. */
  signal: AbortSignal;
};

type Answer<Name extends EndpointName> = Endpoints[Name]['form'] extends 'ndjson'
  ? AsyncIterable<Unspoken<EndpointAnswer<Endpoints[Name]>>>
  : Unspoken<EndpointAnswer<Endpoints[Name]>>;

export interface RouteOptions {
  /** False: answers while the cluster cannot be used too. The handler must not touch `cluster` then. */
  waitForCluster?: boolean;
}

export type RouteHandler<Name extends EndpointName> = (
  context: RouteContext<Name>,
) => Answer<Name> | Promise<Answer<Name>>;

const BODY_LIMIT = 4 * 1024 * 1024;
const MESSAGE_LIMIT = 24 * 1024 * 1024;
/** A stream's status is held back this long, so that what fails at once is a problem and not a broken stream. */
const STREAM_PATIENCE_MS = 1000;

/**
 * A route handler for an endpoint of the contract: who are you → may you → is it valid → do it → answer. Whatever
 * fails becomes problem+json, and every change is audited.
 */
export function route<Name extends EndpointName>(
  name: Name,
  handler: RouteHandler<Name>,
  { waitForCluster = true }: RouteOptions = {},
): (request: Request) => Promise<Response> {
  const shape: EndpointShape = endpoints[name];
  const handle = async (request: ApiRequest): Promise<ApiAnswer> => {
    const begun = performance.now();
    const call = new Call(name, shape, request);
    const given = await answer(call, handler, waitForCluster).catch((error: unknown) => {
      call.failure = failureFrom(error, `${shape.method} ${shape.path}`);
      return problemAnswer(problemDocument(call.failure), localeOf(request.headers));
    });
    const durationMs = performance.now() - begun;
    observeRequest(name, shape.method, given.status, durationMs / 1000);
    if (changes(shape)) audit(call, given.status, durationMs);
    return given;
  };
  rememberRoute(name, handle);
  return async (request) => {
    const { status, headers, body } = await handle(request);
    return new Response(body, { status, headers });
  };
}

/** One request on its way through, with as much as is known of it. */
class Call {
  readonly name: EndpointName;
  readonly shape: EndpointShape;
  readonly request: ApiRequest;
  readonly time = new Date().toISOString();
  principal: Principal | null = null;
  params: Record<string, string> = {};
  body: unknown;
  failure: Failure | null = null;

  constructor(name: EndpointName, shape: EndpointShape, request: ApiRequest) {
    this.name = name;
    this.shape = shape;
    this.request = request;
  }
}

async function answer<Name extends EndpointName>(
  call: Call,
  handler: RouteHandler<Name>,
  waitForCluster: boolean,
): Promise<ApiAnswer> {
  const { shape, request } = call;
  const url = new URL(request.url);
  call.params = matchPath(url.pathname)?.params ?? {};
  call.principal = identify(request);
  if (!mayCall(call.principal, shape)) {
    throw new Failure('forbidden', say('api.forbidden', { principal: call.principal.name }));
  }
  const entry = 'cluster' in call.params ? entryOf(call.params.cluster!) : null;
  const params = parseParams(shape, call.params);
  const query = parseQuery(shape, url.searchParams);
  if (shape.method !== 'GET') {
    call.body = await readJsonBody(request, call.name === 'produceMessage' ? MESSAGE_LIMIT : BODY_LIMIT);
  }
  const body = shape.method === 'GET' ? undefined : parseBody(shape, call.body);
  const cluster = entry && waitForCluster ? await entry.ready() : null;
  const context = {
    params,
    query,
    body,
    cluster,
    registry: registry(),
    // Most do not ask for it, and making one costs more than the rest of this function.
    get signal() {
      return request.signal;
    },
  };
  const result = await handler(context as RouteContext<Name>);
  if (shape.form === 'ndjson') return streamAnswer(call, result as AsyncIterable<unknown>);
  return jsonAnswer(call, result);
}

function entryOf(id: string) {
  const entry = registry().clusters.get(id);
  if (!entry) {
    throw new Failure('not_found', say('api.unknownCluster', { cluster: id.slice(0, 80) }), {
      action: say('api.unknownCluster.do'),
    });
  }
  return entry;
}

function jsonAnswer({ shape, request }: Call, result: unknown): ApiAnswer {
  const body = jsonIn(() => localeOf(request.headers), result);
  const headers: Record<string, string> = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (shape.method === 'GET') {
    headers.etag = `"${hash('sha1', body, 'base64url')}"`;
    const known = request.headers.get('if-none-match');
    if (known?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === headers.etag)) {
      return { status: 304, headers: { etag: headers.etag, 'cache-control': 'no-store' }, body: null };
    }
  }
  return { status: shape.status, headers, body };
}

async function streamAnswer({ shape, request }: Call, result: AsyncIterable<unknown>): Promise<ApiAnswer> {
  const source = result[Symbol.asyncIterator]();
  const first = source.next();
  const { promise: patience, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, STREAM_PATIENCE_MS);
  try {
    await Promise.race([first, patience]);
  } finally {
    clearTimeout(timer);
  }
  const locale = localeOf(request.headers);
  const body = ndjsonStream(
    source,
    first,
    (error) =>
      request.signal.aborted ? null : failedLine(failureFrom(error, `${shape.method} ${shape.path}`)),
    (line) => jsonIn(() => locale, line),
  );
  // Compressing would hold lines back.
  const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store, no-transform' };
  return { status: shape.status, headers, body };
}

/** What ends a stream that broke: the shape of the contract's last line, with the reason. */
function failedLine({ code, said: { detail, action } }: Failure): Unspoken<MessageEnd> {
  return {
    type: 'end',
    reason: 'failed',
    scanned: 0,
    matched: 0,
    sent: 0,
    nextFrom: {},
    problems: [{ subject: say('api.stream'), code, detail, action }],
  };
}

function changes(shape: EndpointShape): boolean {
  return shape.method !== 'GET' && (shape.access === 'write' || shape.access === 'admin');
}

function audit(call: Call, status: number, durationMs: number): void {
  const { failure } = call;
  registry().audit.write({
    time: call.time,
    principal: call.principal?.name ?? 'unknown',
    endpoint: call.name,
    cluster: call.params.cluster ?? null,
    params: call.params,
    body: redactBody(call.name, call.body),
    outcome: failure
      ? { ok: false, status, code: failure.code, detail: failure.message }
      : { ok: true, status },
    durationMs: Math.round(durationMs),
  });
}
