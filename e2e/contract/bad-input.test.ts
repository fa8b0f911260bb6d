import { afterEach, describe, expect, it } from 'vitest';
import { problem } from '../../lib/contract/problem.ts';
import { ask } from '../harness/api.ts';
import { underTest } from '../harness/under-test.ts';

const api = (path: string) => `${underTest.consoleUrl}/api/v1/clusters/${underTest.clusterId}${path}`;

async function expectProblem(response: Response, ...statuses: number[]) {
  const text = await response.text();
  expect(response.headers.get('content-type'), text).toContain('application/problem+json');
  expect(statuses, `${response.status} ${text}`).toContain(response.status);
  const parsed = problem.parse(JSON.parse(text));
  expect(parsed.status).toBe(response.status);
  expect(text).not.toMatch(/node_modules|at \w+ \(/);
  return parsed;
}

const post = (path: string, body: string, type = 'application/json') =>
  fetch(api(path), { method: 'POST', body, headers: { 'content-type': type } });
const create = (fields: object) => post('/topics', JSON.stringify(fields));

describe('bad input', () => {
  afterEach(async () => {
    expect((await ask('getHealth')).status).toBeTruthy();
    expect((await ask('getOverview')).brokerCount).toBe(3);
  });

  it('knows no such cluster, topic, broker, group or address', async () => {
    await expectProblem(await fetch(`${underTest.consoleUrl}/api/v1/clusters/nowhere/overview`), 404);
    await expectProblem(await fetch(api('/topics/no-such-topic')), 404);
    await expectProblem(await fetch(api('/topics/no-such-topic/configs')), 404);
    await expectProblem(await fetch(api('/topics/no-such-topic/messages')), 404);
    await expectProblem(await fetch(api('/topics/no-such-topic'), { method: 'DELETE' }), 404);
    await expectProblem(await fetch(api('/brokers/77')), 404);
    await expectProblem(await fetch(api('/groups/no-such-group')), 404);
    await expectProblem(await fetch(api('/no-such-thing')), 404);
    await expectProblem(await fetch(api('/overview'), { method: 'DELETE' }), 404, 405);
  });

  it.each([
    ['a slash', 'a/b'],
    ['dots', '..'],
    ['a dot', '.'],
    ['spaces', 'two words'],
    ['250 characters', 'x'.repeat(250)],
    ['HTML', '<script>alert(1)</script>'],
    ['nothing', ''],
    ['a NUL', 'a\u0000b'],
    ['Korean', '주문'],
  ])('refuses a topic name with %s', async (_, name) => {
    const parsed = await expectProblem(await create({ name, partitionCount: 1, replicationFactor: 1 }), 400);
    expect(parsed.errors?.map((error) => error.field)).toContain('name');
    if (name !== '' && name !== '.' && name !== '..') {
      await expectProblem(await fetch(api(`/topics/${encodeURIComponent(name)}`)), 400, 404);
    }
  });

  it.each([
    ['a negative count', { partitionCount: -1 }],
    ['zero', { partitionCount: 0 }],
    ['a huge count', { partitionCount: 2 ** 53 }],
    ['a fraction', { partitionCount: 1.5 }],
    ['a text', { partitionCount: 'many' }],
  ])('refuses %s of partitions', async (_, fields) => {
    const parsed = await expectProblem(
      await create({ name: 'e2e.never', replicationFactor: 1, ...fields }),
      400,
    );
    expect(parsed.errors?.map((error) => error.field)).toContain('partitionCount');
  });

  it.each([
    '/brokers/-1',
    '/brokers/99999999999999999999',
    '/brokers/one',
    '/topics?limit=-5',
    '/topics?limit=999999999999',
    '/topics?sort=nothing',
    '/topics?cursor=garbage',
    '/topics/a/messages?partition=-1',
    '/topics/a/messages?partition=99999999999999',
    '/topics/a/messages?from=yesterday',
    '/topics/a/messages?from=offset:99999999999999999999999',
    '/topics/a/messages?from=timestamp:neverday',
    '/topics/%E0%A4%A',
  ])('refuses GET %s', async (path) => {
    await expectProblem(await fetch(api(path)), 400, 404);
  });

  it('refuses bodies that are not what they should be', async () => {
    await expectProblem(await post('/topics', 'not json'), 400);
    await expectProblem(await post('/topics', ''), 400);
    await expectProblem(await post('/topics', '[]'), 400);
    await expectProblem(await post('/topics', 'null'), 400);
    await expectProblem(await post('/topics', '{"name":"a"}', 'text/plain'), 415);
    await expectProblem(await post('/topics', `{"name":"${'x'.repeat(40_000_000)}"}`), 400, 413);
    await expectProblem(await post('/reassignments', '{"targets":[]}'), 400);
    await expectProblem(
      await post('/reassignments', '{"targets":[{"topic":"a","partition":0,"replicas":[]}]}'),
      400,
    );
  });

  it('refuses a change that comes from another site or for another host', async () => {
    const body = JSON.stringify({ name: 'e2e.never', partitionCount: 1, replicationFactor: 1 });
    const crossSite = await fetch(api('/topics'), {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
    });
    await expectProblem(crossSite, 403);
  });
});
