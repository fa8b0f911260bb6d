import { endpointUrl } from '../../lib/contract/client.ts';
import type { EndpointAnswer, EndpointCall, EndpointShape } from '../../lib/contract/endpoint.ts';
import { type EndpointName, type Endpoints, endpoints } from '../../lib/contract/endpoints.ts';
import { underTest } from './under-test.ts';

type Call<Name extends EndpointName> = EndpointCall<Endpoints[Name]>;

/** Calls the console under test; `cluster` is filled in. */
export function request<Name extends EndpointName>(name: Name, call: Call<Name> = {}): Promise<Response> {
  const shape: EndpointShape = endpoints[name];
  const { params, query, body } = call as { params?: object; query?: object; body?: unknown };
  const url = endpointUrl(shape, { params: { cluster: underTest.clusterId, ...params }, query });
  return fetch(underTest.consoleUrl + url, { method: shape.method, ...bodyOf(body) });
}

/** A Blob is lines of JSON already. */
function bodyOf(body: unknown): RequestInit {
  if (body === undefined) return {};
  if (body instanceof Blob) return { headers: { 'content-type': 'application/x-ndjson' }, body };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** The same, checking the status and that the answer is what the contract says. */
export async function ask<Name extends EndpointName>(
  name: Name,
  call: {
    [Key in keyof Call<Name>]: Key extends 'params' ? Record<string, unknown> : Call<Name>[Key];
  } = {} as never,
): Promise<EndpointAnswer<Endpoints[Name]>> {
  const response = await request(name, call as Call<Name>);
  const shape = endpoints[name];
  if (response.status !== shape.status) {
    throw new Error(`${name} answered ${response.status}: ${await response.text()}`);
  }
  return shape.answer.parse(await response.json()) as EndpointAnswer<Endpoints[Name]>;
}

/** Reads an NDJSON answer to its end, each line checked against the contract. */
export async function askLines<Name extends EndpointName>(
  name: Name,
  call: { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown } = {},
): Promise<EndpointAnswer<Endpoints[Name]>[]> {
  const response = await request(name, call as Call<Name>);
  const text = await response.text();
  if (!response.ok) throw new Error(`${name} answered ${response.status}: ${text}`);
  const { answer } = endpoints[name];
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => answer.parse(JSON.parse(line)) as EndpointAnswer<Endpoints[Name]>);
}
