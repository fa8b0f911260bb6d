import { hash } from 'node:crypto';
import type { Download, EndpointAnswer, EndpointInput, EndpointShape } from '../../lib/contract/endpoint.ts';
import { type EndpointName, type Endpoints, endpoints } from '../../lib/contract/endpoints.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { jsonIn, say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { type Registry, registry } from '../registry.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';
import { redactBody } from './audit.ts';
import { matchPath } from './endpoint-path.ts';
import { rememberRoute } from './known-routes.ts';
import { observeRequest } from './metrics.ts';
import { identify, mayCall, type Principal } from './principal.ts';
import { failureFrom, problemAnswer, problemDocument } from './problem-answer.ts';
import { readJsonBody } from './request-body.ts';
import { parseBody, parseParams, parseQuery } from './request-input.ts';
import { requestLines } from './request-lines.ts';
import { localeOf } from './request-locale.ts';
import { downloadAnswer, linesAnswer, type StreamedAnswer } from './stream-answer.ts';

/** What a handler is given: everything is checked, and the cluster can be used. */
export type RouteContext<Name extends EndpointName> = EndpointInput<Endpoints[Name]> & {
  cluster: EndpointInput<Endpoints[Name]>['params'] extends { cluster: string } ? Cluster : null;
  registry: Registry;
  /** Fires when the one who asked is gone. */
  signal: AbortSignal;
  /** Tells the audit log how a change went, besides what was asked for: counts and ranges. The last one counts. */
  note: (result: object) => void;
};

type Answer<Name extends EndpointName> = Endpoints[Name]['form'] extends 'ndjson'
  ? AsyncIterable<Unspoken<EndpointAnswer<Endpoints[Name]>>>
  : Endpoints[Name]['form'] extends 'download'
    ? Download
    : Unspoken<EndpointAnswer<Endpoints[Name]>>;

export interface RouteOptions {
  /** False: answers while the cluster cannot be used too. The handler must not touch `cluster` then. */
  waitForCluster?: boolean;
}

export type RouteHandler<Name extends EndpointName> = (
  context: RouteContext<Name>,
) => Answer<Name> | Promise<Answer<Name>>;

const BODY_LIMIT = 4 * 1024 * 1024;
/** A message of 16 MiB as base64. */
const MESSAGE_LIMIT = 24 * 1024 * 1024;

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
    call.isAnswered = true;
    if (changes(shape) && !call.isAudited) audit(call, given.status, durationMs);
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
  /** What the handler tells the audit log. */
  result: object | null = null;
  isAnswered = false;
  /** The change goes on while its answer is sent. */
  goesOn = false;
  isAudited = false;

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
  const body = await bodyOf(call);
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
    note(result: object) {
      call.result = result;
    },
  };
  const result = await handler(context as RouteContext<Name>);
  const streamed: StreamedAnswer = {
    status: shape.status,
    subject: `${shape.method} ${shape.path}`,
    request,
  };
  if (shape.form === 'download') return downloadAnswer(streamed, result as Download);
  if (shape.form === 'ndjson') {
    const lines = (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    return linesAnswer(streamed, changes(shape) ? auditedAtEnd(call, lines) : lines);
  }
  return jsonAnswer(call, result);
}

async function bodyOf(call: Call): Promise<unknown> {
  const { shape, request, name } = call;
  if (shape.method === 'GET') return undefined;
  if (shape.bodyForm === 'ndjson') return requestLines(request);
  const isMessage = name === 'produceMessage' || name === 'produceMany';
  call.body = await readJsonBody(request, isMessage ? MESSAGE_LIMIT : BODY_LIMIT);
  return parseBody(shape, call.body);
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

function changes(shape: EndpointShape): boolean {
  return shape.method !== 'GET' && (shape.access === 'write' || shape.access === 'admin');
}

/** A change that goes on while its answer is sent is told of twice: when it began, and how it ended. */
function auditedAtEnd<Line>(call: Call, lines: AsyncIterator<Line>): AsyncIterator<Line> {
  const begun = performance.now();
  call.goesOn = true;
  const over = (error?: unknown) => {
    if (!call.goesOn) return;
    call.goesOn = false;
    // What fails before there is an answer is a problem like any other.
    if (error !== undefined && !call.isAnswered) return;
    if (error !== undefined) call.failure = failureFrom(error, `${call.shape.method} ${call.shape.path}`);
    audit(call, call.failure?.status ?? call.shape.status, performance.now() - begun);
    call.isAudited = true;
  };
  return {
    async next() {
      try {
        const result = await lines.next();
        if (result.done) over();
        return result;
      } catch (error) {
        over(error);
        throw error;
      }
    },
    async return() {
      await lines.return?.();
      over();
      return { done: true, value: undefined };
    },
  };
}

function audit(call: Call, status: number, durationMs: number): void {
  const { failure, result, goesOn } = call;
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
    ...(goesOn ? { phase: 'begun' } : {}),
    ...(result ? { result } : {}),
  });
}
