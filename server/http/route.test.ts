import { describe, expect, it } from 'vitest';
import type { EndpointName } from '../../lib/contract/endpoints.ts';
import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { type RouteHandler, route } from './route.ts';
import { type Call, cluster, echo, problemOf, send, withTestClusters } from './testing/route-fixture.ts';

withTestClusters();

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
