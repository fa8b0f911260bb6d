import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiAnswer, ApiRequest } from './api-request.ts';
import { answerWith } from './node-bridge.ts';
import { readJsonBody } from './request-body.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

function json(value: unknown, status = 200): ApiAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

async function serve(handler: (request: ApiRequest) => Promise<ApiAnswer>): Promise<string> {
  server = createServer((request, response) => void answerWith(handler, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a route behind node:http', () => {
  it('sees address, headers and body', async () => {
    const url = await serve(async (request) =>
      json({
        url: request.url,
        agent: request.headers.get('x-agent'),
        absent: request.headers.get('x-absent'),
        body: await new Response(request.body).text(),
      }),
    );
    const response = await fetch(`${url}/a%2Fb?c=d`, {
      method: 'POST',
      body: 'äöü',
      headers: { 'x-agent': 'test' },
    });
    expect(await response.json()).toEqual({
      url: `${url}/a%2Fb?c=d`,
      agent: 'test',
      absent: null,
      body: 'äöü',
    });
  });

  it('answers with status, headers and bytes', async () => {
    const url = await serve(async () => ({ status: 418, headers: { etag: '"x"' }, body: 'née' }));
    const response = await fetch(url);
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([
      418,
      '"x"',
      'née',
    ]);
    expect(response.headers.get('content-length')).toBe('4');
  });

  it('reaches a client that is still sending what is refused', async () => {
    const url = await serve(async () => json({ refused: true }, 413));
    for (let n = 0; n < 10; n++) {
      const response = await fetch(url, { method: 'POST', body: 'x'.repeat(20_000_000) });
      expect([response.status, await response.json()]).toEqual([413, { refused: true }]);
    }
  });

  it('may have no body', async () => {
    const url = await serve(async () => ({ status: 304, headers: {}, body: null }));
    expect((await fetch(url)).status).toBe(304);
  });

  it('refuses a body that does not end, and says so', async () => {
    const url = await serve(async (request) => {
      const size = await readJsonBody(request, 100_000).catch((error: Error) => error.message);
      return json({ size }, 413);
    });
    const sending = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    sending.on('error', () => {});
    const timer = setInterval(() => sending.write(Buffer.alloc(65_536, 0x20)), 1);
    const [response] = (await once(sending, 'response')) as [import('node:http').IncomingMessage];
    clearInterval(timer);
    expect(response.statusCode).toBe(413);
    expect(response.headers.connection).toBe('close');
    sending.destroy();
  });
});

describe('streams', () => {
  const ndjson = { status: 200, headers: { 'content-type': 'application/x-ndjson' } };
  const line = new TextEncoder().encode(`${'x'.repeat(65_535)}\n`);

  it('send each piece at once', async () => {
    const { promise: wait, resolve } = Promise.withResolvers<void>();
    const url = await serve(async () => {
      const stream = new ReadableStream({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode('1\n'));
          await wait;
          controller.enqueue(new TextEncoder().encode('2\n'));
          controller.close();
        },
      });
      return { ...ndjson, body: stream };
    });
    const reader = (await fetch(url)).body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('1\n');
    resolve();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('2\n');
    expect((await reader.read()).done).toBe(true);
  });

  it('wait for a reader that is slow, and stop for one that has gone', async () => {
    const state = { sent: 0, cancelled: false, aborted: false };
    const url = await serve(async (request) => {
      request.signal.addEventListener('abort', () => {
        state.aborted = true;
      });
      const stream = new ReadableStream(
        {
          pull(controller) {
            state.sent++;
            controller.enqueue(line);
          },
          cancel() {
            state.cancelled = true;
          },
        },
        { highWaterMark: 1 },
      );
      return { ...ndjson, body: stream };
    });
    const sending = httpRequest(url);
    sending.end();
    const [response] = (await once(sending, 'response')) as [import('node:http').IncomingMessage];
    response.pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const whenSlow = state.sent;
    // What sockets on both sides hold is some megabytes at most.
    expect(whenSlow * line.length).toBeLessThan(32_000_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(state.sent).toBe(whenSlow);
    response.destroy();
    await expect.poll(() => state).toMatchObject({ cancelled: true, aborted: true });
  });
});
