import { describe, expect, it } from 'vitest';
import { admit, type GateRequest, type Refusal } from './gate.ts';

const HOST = '127.0.0.1:9000';
const refusalOf = (request: GateRequest, allowedHosts: string[]): Refusal | null => {
  const gate = admit(request, allowedHosts);
  return 'problem' in gate ? gate : null;
};
const statusOf = (request: GateRequest, allowedHosts: string[] = []) =>
  refusalOf({ method: 'GET', url: '/', ...request }, allowedHosts)?.problem.status ?? null;

describe('host names', () => {
  it.each([
    '127.0.0.1:9000',
    'localhost:9000',
    'LOCALHOST',
    '[::1]:9000',
    '192.168.1.7',
    'kafdeck.localhost:1',
  ])('lets %s in', (host) => expect(statusOf({ headers: { host } })).toBeNull());

  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:9000',
    'a b',
    'x@localhost',
    '[::1',
  ])('keeps %s out', (host) => expect(statusOf({ headers: { host } })).toBe(403));

  it('lets configured ones in, or all', () => {
    expect(statusOf({ headers: { host: 'Kafdeck.example:443' } }, ['kafdeck.example'])).toBeNull();
    expect(statusOf({ headers: { host: 'any.example' } }, ['*'])).toBeNull();
  });
});

describe('changes asked for by pages of other sites', () => {
  const change = (headers: GateRequest['headers']) =>
    statusOf({
      method: 'POST',
      url: '/api/v1/clusters/embedded/topics',
      headers: { host: HOST, ...headers },
    });

  it('lets the console’s own pages and other programs through', () => {
    expect(change({})).toBeNull();
    expect(change({ origin: `http://${HOST}` })).toBeNull();
    expect(change({ origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin' })).toBeNull();
    expect(change({ 'sec-fetch-site': 'none' })).toBeNull();
  });

  it('refuses others', () => {
    expect(change({ origin: 'http://evil.example' })).toBe(403);
    expect(change({ origin: 'null' })).toBe(403);
    expect(change({ origin: 'http://127.0.0.1:9001' })).toBe(403);
    expect(change({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(change({ origin: `http://${HOST}`, 'sec-fetch-site': 'same-site' })).toBe(403);
  });

  it('lets a link from elsewhere be followed', () => {
    expect(statusOf({ headers: { host: HOST, 'sec-fetch-site': 'cross-site' } })).toBeNull();
  });
});

describe('addresses', () => {
  const get = (url: string, method = 'GET') => refusalOf({ method, url, headers: { host: HOST } }, []);

  it.each([
    '/api/health',
    '/api/health?x=%20',
    '/api/v1/clusters/a%2Fb/overview',
    '/api/openapi.json',
    '/clusters/x',
    '/',
  ])('lets %s through', (url) => expect(get(url)).toBeNull());

  it.each([
    '/api/v1/clusters/%zz/overview',
    '/%',
    '/a/../b',
    '/a/%2e%2E',
    '/./',
    '/a\\b',
    'http://evil.example/',
    '*',
  ])('answers %s with 400', (url) =>
    expect(get(url)?.problem).toMatchObject({ status: 400, code: 'invalid_request' }),
  );

  it.each(['/api/v1', '/api/v1/clusters/', '/api/v1/clusters//overview', '/api/nope'])(
    'answers %s with 404',
    (url) => expect(get(url)?.problem).toMatchObject({ status: 404, code: 'not_found' }),
  );

  it('knows what is asked of the API', () => {
    const asked = (url: string, method = 'GET') => admit({ method, url, headers: { host: HOST } }, []);
    expect(asked('/api/v1/clusters/x/topics?limit=1')).toEqual({ endpoint: 'listTopics' });
    expect(asked('/api/v1/clusters/x/topics', 'POST')).toEqual({ endpoint: 'createTopic' });
    expect(asked('/api/v1/clusters/x/topics', 'HEAD')).toEqual({ endpoint: null });
    expect(asked('/clusters/x')).toEqual({ endpoint: null });
  });

  it('names the methods of a path', () => {
    const refusal = get('/api/v1/clusters/embedded/topics', 'PUT');
    expect(refusal?.problem.status).toBe(405);
    expect(refusal?.headers.allow).toBe('GET, POST, HEAD');
    expect(get('/api/v1/clusters/embedded/topics', 'HEAD')).toBeNull();
  });
});
