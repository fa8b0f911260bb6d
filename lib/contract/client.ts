import { onPage } from '../i18n/page-sentences.ts';
import { addresses } from './addresses.ts';
import type { EndpointAddress, EndpointAnswer, EndpointCall } from './endpoint.ts';
import type { EndpointName, Endpoints } from './endpoints.ts';
import { Failure, isProblemCode } from './failure.ts';
import type { Problem } from './problem.ts';
import { spoken } from './sentence.ts';

/** Path and query of an endpoint, e.g. for links: `/api/v1/clusters/embedded/topics?search=a`. */
export function endpointUrl(
  { path: template }: EndpointAddress,
  call: { params?: object; query?: object } = {},
): string {
  const params = (call.params ?? {}) as Record<string, unknown>;
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return `/api${path}${text ? `?${text}` : ''}`;
}

/** Turns a non-2xx answer into the failure it describes. */
export async function failureOf(response: Response): Promise<Failure> {
  // Not checked by the schema: it would bring all schemas into every page.
  const told: Partial<Problem> | null = await response.json().catch(() => null);
  if (!isProblemCode(told?.code) || typeof told?.detail !== 'string') {
    return new Failure('internal', onPage('noReason', { status: response.status }));
  }
  const { code, detail, action, errors, kafkaError } = told;
  return new Failure(code, spoken(detail), {
    action: action === undefined ? undefined : spoken(action),
    fields: errors?.map((error) => ({ ...error, message: spoken(error.message) })),
    kafkaError,
  });
}

/** Sends a request and gives the response as it is: for streams. */
export async function send<Name extends EndpointName>(
  name: Name,
  call: EndpointCall<Endpoints[Name]> = {},
  init: { signal?: AbortSignal } = {},
): Promise<Response> {
  const address = addresses[name];
  const { body } = call as { body?: unknown };
  const response = await fetch(endpointUrl(address, call as object), {
    method: address.method,
    ...bodyOf(body),
    signal: init.signal,
  }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw new Failure('cancelled', onPage('cancelled'), { cause });
    throw new Failure('unavailable', onPage('silent'), {
      action: onPage('silent.do'),
      cause,
    });
  });
  if (!response.ok) throw await failureOf(response);
  return response;
}

/** A Blob is lines of JSON already. */
function bodyOf(body: unknown): RequestInit {
  if (body === undefined) return {};
  if (body instanceof Blob) return { headers: { 'content-type': 'application/x-ndjson' }, body };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Calls an endpoint and gives its answer, typed by the contract. Throws a Failure. */
export async function call<Name extends EndpointName>(
  name: Name,
  args: EndpointCall<Endpoints[Name]> = {},
  init: { signal?: AbortSignal } = {},
): Promise<EndpointAnswer<Endpoints[Name]>> {
  const response = await send(name, args, init);
  return (await response.json()) as EndpointAnswer<Endpoints[Name]>;
}
