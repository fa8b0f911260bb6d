import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointName } from '../../lib/contract/endpoints.ts';
import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { type Registry, setRegistry } from '../registry.ts';
import type { AuditEntry } from './audit.ts';
import { log } from './log.ts';
import { type RouteHandler, route } from './route.ts';

const cluster = { id: 'test' } as Cluster;
let audited: AuditEntry[];

beforeEach(() => {
  log().level = 'silent';
  audited = [];
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
    audit: { write: (line: AuditEntry) => audited.push(line) },
  } as unknown as Registry);
});
afterEach(() => setRegistry(null));

interface Call {
  method?: string;
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

function send(
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
function echo<Name extends EndpointName>(name: Name) {
  const seen: unknown[] = [];
  const handler = ((context) => {
    seen.push({ params: context.params, query: context.query, body: context.body, cluster: context.cluster });
    return { ok: true };
  }) as RouteHandler<Name>;
  return { seen, handler: route(name, handler) };
}

const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = await response.json();
  expect(problem.status).toBe(response.status);
  return problem;
};

describe('what a handler is given', () => {
  it('parameters decoded and checked, with defaults', async () => {
    const { seen, handler } = echo('listTopics');
    const response = await send(handler, '/v1/clusters/test/topics?search=%C3%A4%20b&limit=7&order=');
    expect(response.status).toBe(200);
    expect(seen).toEqual([
      {
        params: { cluster: 'test' },
        query: { search: 'ä b', limit: 7, order: 'asc', sort: 'name', internal: false, health: 'all' },
        body: undefined,
        cluster,
      },
    ]);
  });

  it('names with slashes in one segment', async () => {
    const { seen, handler } = echo('getGroup');
    await send(handler, '/v1/clusters/test/groups/a%2Fb%20%25');
    expect(seen).toMatchObject([{ params: { group: 'a/b %' } }]);
  });

  it('an absent body as an empty one', async () => {
    const { seen, handler } = echo('stopEmbeddedBroker');
    await send(handler, '/v1/clusters/test/embedded/brokers/1/stop', { method: 'POST' });
    expect(seen).toMatchObject([{ params: { broker: 1 }, body: { mode: 'controlled' } }]);
  });
});

describe('what is not valid', () => {
  const topics = '/v1/clusters/test/topics';
  const cases: [string, EndpointName, string, Call, number, object][] = [
    ['an unknown cluster', 'getOverview', '/v1/clusters/nope/overview', {}, 404, { code: 'not_found' }],
    [
      'a cluster id that none can have',
      'getOverview',
      '/v1/clusters/%3Cb%3E/overview',
      {},
      404,
      { code: 'not_found' },
    ],
    ['a topic with a slash', 'getTopic', `${topics}/a%2Fb`, {}, 400, { errors: [{ field: 'topic' }] }],
    [
      'a topic of 250 letters',
      'getTopic',
      `${topics}/${'a'.repeat(250)}`,
      {},
      400,
      { errors: [{ field: 'topic' }] },
    ],
    ['broken percent-encoding', 'getTopic', `${topics}/%E0%A4%A`, {}, 400, { code: 'invalid_request' }],
    [
      'a negative broker',
      'getBroker',
      '/v1/clusters/test/brokers/-1',
      {},
      400,
      { errors: [{ field: 'broker' }] },
    ],
    [
      'a huge number',
      'listTopics',
      `${topics}?limit=99999999999999999999`,
      {},
      400,
      { errors: [{ field: 'limit', message: /500/ }] },
    ],
    ['a word for a number', 'listTopics', `${topics}?limit=many`, {}, 400, { errors: [{ field: 'limit' }] }],
    [
      'a parameter given twice',
      'listTopics',
      `${topics}?limit=1&limit=2`,
      {},
      400,
      { errors: [{ field: 'limit' }] },
    ],
    [
      'a body that is not JSON',
      'createTopic',
      topics,
      { method: 'POST', body: '{"name":' },
      400,
      { errors: [{ field: 'body' }] },
    ],
    [
      'a body that is not UTF-8',
      'createTopic',
      topics,
      { method: 'POST', body: new Uint8Array([0x22, 0xff, 0x22]) },
      400,
      { errors: [{ field: 'body' }] },
    ],
    [
      'a body that is a list',
      'createTopic',
      topics,
      { method: 'POST', body: '[]' },
      400,
      { errors: [{ field: 'body' }] },
    ],
    [
      'a form',
      'createTopic',
      topics,
      { method: 'POST', body: 'name=a', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      { code: 'unsupported_media_type' },
    ],
    [
      'a field deep inside',
      'createTopic',
      topics,
      { method: 'POST', body: '{"name":"a","configs":{"retention.ms":5}}' },
      400,
      { errors: [{ field: 'configs.retention.ms' }] },
    ],
    [
      'a key nobody knows',
      'createTopic',
      topics,
      { method: 'POST', body: '{"name":"a","partitions":3}' },
      400,
      { errors: [{ field: 'partitions' }] },
    ],
    [
      'a body where none belongs',
      'startEmbeddedBroker',
      '/v1/clusters/test/embedded/brokers/1/start',
      { method: 'POST', body: '{"a":1}' },
      400,
      { errors: [{ field: 'body' }] },
    ],
    [
      'a body that says it is too large',
      'createTopic',
      topics,
      { method: 'POST', body: '{}', headers: { 'content-length': '99999999' } },
      413,
      { code: 'payload_too_large' },
    ],
  ];
  it.each(cases)('%s', async (_, name, path, call, status, expected) => {
    const { seen, handler } = echo(name);
    const problem = await problemOf(await send(handler, path, call));
    expect(problem.status).toBe(status);
    for (const [key, value] of Object.entries(expected)) {
      if (key === 'errors') expect(problem.errors[0].field).toBe(value[0].field);
      else expect(problem[key]).toBe(value);
      if (value[0]?.message) expect(problem.errors[0].message).toMatch(value[0].message);
    }
    expect(seen).toEqual([]);
  });

  it('stops reading a body that never ends', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const { handler } = echo('createTopic');
    const response = await send(handler, '/v1/clusters/test/topics', { method: 'POST', body });
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(6_000_000);
  });
});

describe('failures', () => {
  const failing = (error: unknown) => route('getOverview', () => Promise.reject(error));

  it('are told as they are', async () => {
    const failure = new Failure('refused_by_kafka', spoken('Replication factor 5 is more than 3 brokers'), {
      kafkaError: { code: 38, name: 'INVALID_REPLICATION_FACTOR' },
    });
    const problem = await problemOf(await send(failing(failure), '/v1/clusters/test/overview'));
    expect(problem).toMatchObject({ status: 422, detail: failure.message, kafkaError: { code: 38 } });
  });

  it('that nobody foresaw tell an id and nothing else', async () => {
    const problem = await problemOf(
      await send(failing(new Error('at secret.ts:1')), '/v1/clusters/test/overview'),
    );
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(problem.detail).toMatch(/error [0-9a-f-]{36}/);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  it('of a cluster that is not there yet', async () => {
    const { handler } = echo('getOverview');
    expect((await send(handler, '/v1/clusters/starting/overview')).status).toBe(503);
  });
});

describe('answers', () => {
  const overview = () =>
    route('getOverview', (() => ({ topicCount: 1 })) as unknown as RouteHandler<'getOverview'>);

  it('carry a tag, and are not sent again to one who has them', async () => {
    const first = await send(overview(), '/v1/clusters/test/overview');
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^".+"$/);
    expect(first.headers.get('cache-control')).toBe('no-store');
    const again = await send(overview(), '/v1/clusters/test/overview', {
      headers: { 'if-none-match': `"x", ${etag}` },
    });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('have the status of the contract', async () => {
    const { handler } = echo('createTopic');
    const response = await send(handler, '/v1/clusters/test/topics', {
      method: 'POST',
      body: '{"name":"a"}',
    });
    expect(response.status).toBe(201);
  });
});

describe('streams', () => {
  const path = '/v1/clusters/test/topics/t/messages';
  const streaming = (lines: (signal: AbortSignal) => AsyncGenerator<object>) =>
    route('readMessages', (({ signal }) => lines(signal)) as RouteHandler<'readMessages'>);

  it('are lines', async () => {
    const handler = streaming(async function* () {
      yield { type: 'progress' };
      yield { type: 'end' };
    });
    const response = await send(handler, path);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(await response.text()).toBe('{"type":"progress"}\n{"type":"end"}\n');
  });

  it('are a problem when they fail at once', async () => {
    // biome-ignore lint/correctness/useYield: it fails before there is anything to yield
    const handler = streaming(async function* () {
      throw new Failure('not_found', spoken('There is no topic "t"'));
    });
    expect((await problemOf(await send(handler, path))).status).toBe(404);
  });

  it('end with the reason when they fail later', async () => {
    const handler = streaming(async function* () {
      yield { type: 'progress' };
      throw new Failure('broker_unreachable', spoken('Broker 2 is gone'));
    });
    const lines = (await (await send(handler, path)).text()).trimEnd().split('\n');
    expect(JSON.parse(lines[1]!)).toMatchObject({
      type: 'end',
      reason: 'failed',
      problems: [{ code: 'broker_unreachable', detail: 'Broker 2 is gone' }],
    });
  });

  it('hear that the reader has gone', async () => {
    const reader = new AbortController();
    let heard = false;
    const handler = streaming(async function* (signal) {
      yield { type: 'progress' };
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      heard = true;
    });
    const response = await send(handler, path, { signal: reader.signal });
    const body = response.body!.getReader();
    await body.read();
    reader.abort();
    await body.read().catch(() => undefined);
    expect(heard).toBe(true);
  });
});

describe('downloads', () => {
  const path = '/v1/clusters/test/topics/t/messages/export?format=csv';
  const downloading = (text: () => AsyncGenerator<string>) =>
    route('exportMessages', () => ({ fileName: 'a "b"\n.csv', mediaType: 'text/csv', text: text() }));

  it('are a file with a name', async () => {
    const response = await send(
      downloading(async function* () {
        for (let n = 0; n < 3; n++) yield `${n}\r\n`;
      }),
      path,
    );
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="a _b__.csv"');
    expect(await response.text()).toBe('0\r\n1\r\n2\r\n');
  });

  it('are a problem when they fail at once', async () => {
    // biome-ignore lint/correctness/useYield: it fails before there is anything to yield
    const handler = downloading(async function* () {
      throw new Failure('not_found', spoken('There is no topic "t"'));
    });
    expect((await problemOf(await send(handler, path))).status).toBe(404);
  });

  it('break off when they fail later: a part is not taken for the whole', async () => {
    const handler = downloading(async function* () {
      yield 'x'.repeat(100_000);
      throw new Failure('unavailable', spoken('Broker 2 is gone'));
    });
    await expect((await send(handler, path)).text()).rejects.toThrow();
  });

  it('are made no faster than they are taken, and end when nobody takes them', async () => {
    const state = { made: 0, isOver: false };
    const handler = downloading(async function* () {
      try {
        for (;;) {
          state.made += 1;
          yield 'x'.repeat(10_000);
        }
      } finally {
        state.isOver = true;
      }
    });
    const reader = (await send(handler, path)).body!.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(state.made).toBeLessThan(30);
    await reader.cancel();
    expect(state.isOver).toBe(true);
  });
});

describe('bodies of lines', () => {
  it('reach the handler as they come', async () => {
    const seen: string[] = [];
    const handler = route('importMessages', async function* ({ body }) {
      for await (const { number, text } of body) seen.push(`${number} ${text}`);
      yield { type: 'end' } as never;
    } as RouteHandler<'importMessages'>);
    const response = await send(handler, '/v1/clusters/test/topics/t/messages/import', {
      method: 'POST',
      body: '{"key":"a"}\nnot json\n',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(await response.text()).toBe('{"type":"end"}\n');
    expect(seen).toEqual(['1 {"key":"a"}', '2 not json']);
  });

  it('are refused as JSON', async () => {
    const { handler } = echo('importMessages');
    const path = '/v1/clusters/test/topics/t/messages/import';
    expect((await problemOf(await send(handler, path, { method: 'POST', body: '{}' }))).status).toBe(415);
  });
});

describe('the audit', () => {
  const batch = '/v1/clusters/test/topics/t/messages/batch';
  const call: Call = { method: 'POST', body: '{"count":1,"value":{"data":"secret words"}}' };
  const producing = (lines: (note: (result: object) => void) => AsyncGenerator<object>) =>
    route('produceMany', (({ note }) => lines(note)) as RouteHandler<'produceMany'>);

  it('has a change that goes on twice: when it began, and how it went', async () => {
    const handler = producing(async function* (note) {
      yield { type: 'progress' };
      await new Promise((resolve) => setTimeout(resolve, 5));
      note({ acknowledged: 7 });
      yield { type: 'end' };
    });
    const response = await send(handler, batch, call);
    expect(audited).toMatchObject([{ endpoint: 'produceMany', phase: 'begun', outcome: { ok: true } }]);
    await response.text();
    expect(audited).toHaveLength(2);
    expect(audited[1]).toMatchObject({ outcome: { ok: true, status: 200 }, result: { acknowledged: 7 } });
    expect(audited[1]).not.toHaveProperty('phase');
    expect(JSON.stringify(audited)).not.toContain('secret words');
  });

  it('has how a change went whose asker is gone', async () => {
    const handler = route('produceMany', (({ note }: { note: (result: object) => void }) => {
      const given = [{ type: 'progress' }];
      const iterator: AsyncIterator<object> = {
        next: async () => (given.length > 0 ? { value: given.pop()! } : new Promise<never>(() => {})),
        return: async () => {
          note({ acknowledged: 3 });
          return { done: true, value: undefined };
        },
      };
      return { [Symbol.asyncIterator]: () => iterator };
    }) as unknown as RouteHandler<'produceMany'>);
    const reader = (await send(handler, batch, call)).body!.getReader();
    await reader.read();
    await reader.cancel();
    expect(audited.at(-1)).toMatchObject({ result: { acknowledged: 3 } });
  });

  it('has a change that failed at once only once', async () => {
    // biome-ignore lint/correctness/useYield: it fails before there is anything to yield
    const handler = producing(async function* () {
      throw new Failure('not_found', spoken('There is no topic "t"'));
    });
    await send(handler, batch, call);
    expect(audited).toMatchObject([{ outcome: { ok: false, status: 404 } }]);
  });

  it('has a change that broke later with its reason', async () => {
    const handler = producing(async function* () {
      yield { type: 'progress' };
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new Failure('unavailable', spoken('Broker 2 is gone'));
    });
    await (await send(handler, batch, call)).text();
    expect(audited).toMatchObject([{ phase: 'begun' }, { outcome: { ok: false, status: 503 } }]);
  });

  it('has every change, done or refused, and no reading', async () => {
    await send(echo('listTopics').handler, '/v1/clusters/test/topics');
    await send(echo('previewPlan').handler, '/v1/clusters/test/plans/preview', {
      method: 'POST',
      body: '{"operation":"delete-topic","topic":"a"}',
    });
    expect(audited).toEqual([]);
    await send(echo('createTopic').handler, '/v1/clusters/test/topics', {
      method: 'POST',
      body: '{"name":"a"}',
    });
    const refused = route('deleteTopic', () => Promise.reject(new Failure('conflict', spoken('No'))));
    await send(refused, '/v1/clusters/test/topics/a', { method: 'DELETE' });
    expect(audited).toMatchObject([
      {
        principal: 'local',
        endpoint: 'createTopic',
        cluster: 'test',
        body: { name: 'a' },
        outcome: { ok: true, status: 201 },
      },
      {
        endpoint: 'deleteTopic',
        params: { topic: 'a' },
        outcome: { ok: false, status: 409, code: 'conflict', detail: 'No' },
      },
    ]);
    expect(Date.parse(audited[0]!.time)).toBeGreaterThan(0);
  });
});
