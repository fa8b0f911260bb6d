import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { SettingError } from '../config/setting-error.ts';
import { rememberRoute } from '../http/known-routes.ts';
import { HttpServer } from './http-server.ts';

let open: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(open.map((server) => server.close()));
  open = [];
});

async function listening(): Promise<{ server: HttpServer; url: string; port: number }> {
  const server = new HttpServer({ allowedHosts: [], development: false });
  open.push(server);
  const port = await server.listen('127.0.0.1', 0);
  return { server, port, url: `http://127.0.0.1:${port}` };
}

/** What Next.js would be handed, as the answer. */
function showRequest(server: HttpServer): void {
  server.serve(async (incoming, response) => {
    response.end(JSON.stringify({ url: incoming.url, headers: incoming.headers }));
  });
}

describe('the HTTP server', () => {
  it('says in one line that a port is in use', async () => {
    const { port } = await listening();
    const second = new HttpServer({ allowedHosts: [], development: false });
    const failure = await second.listen('127.0.0.1', port).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SettingError);
    expect((failure as Error).message).toMatch(
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use; [^\\n]+$`),
    );
  });

  it('lets requests wait until it can serve', async () => {
    const { server, url } = await listening();
    const answer = fetch(`${url}/clusters/x`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    showRequest(server);
    expect((await (await answer).json()).url).toBe('/clusters/x');
  });

  it('gives pages a policy with a nonce that Next.js sees too, a new one each time', async () => {
    const { server, url } = await listening();
    showRequest(server);
    const nonces = [];
    for (let n = 0; n < 2; n++) {
      const response = await fetch(`${url}/`, {
        headers: { 'content-security-policy': "script-src 'nonce-mine'" },
      });
      const policy = response.headers.get('content-security-policy')!;
      const { headers } = await response.json();
      expect(headers['content-security-policy']).toBe(policy);
      expect(policy).toContain(`'nonce-${headers['x-nonce']}'`);
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      nonces.push(headers['x-nonce']);
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('takes an address with the offsets of thousands of partitions', async () => {
    const { server, url } = await listening();
    showRequest(server);
    const offsets = Array.from({ length: 10_000 }, (_, partition) => `${partition}=123456789`).join(',');
    const path = `/clusters/x?from=offsets:${offsets}`;
    expect((await (await fetch(url + path)).json()).url).toBe(path);
  });

  it('answers what it refuses itself', async () => {
    const { server, url } = await listening();
    showRequest(server);
    const response = await fetch(`${url}/api/nope`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  });

  it('keeps strangers’ host names out', async () => {
    const { server, port } = await listening();
    showRequest(server);
    const status = await new Promise((resolve) => {
      request({ port, host: '127.0.0.1', headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });

  it('calls a route that is known by itself, and leaves the others to Next.js', async () => {
    const { server, url } = await listening();
    showRequest(server);
    rememberRoute('getHealth', async () => ({ status: 200, headers: {}, body: '{"direct":true}' }));
    expect(await (await fetch(`${url}/api/health`)).json()).toEqual({ direct: true });
    expect((await (await fetch(`${url}/api/v1/clusters`)).json()).url).toBe('/api/v1/clusters');
  });

  it('ends requests under way when it closes', async () => {
    const { server, url } = await listening();
    server.serve(async (_, response) => {
      response.write('begun');
    });
    const response = await fetch(`${url}/`);
    await server.close();
    open = [];
    await expect(response.text()).rejects.toThrow();
  });
});
