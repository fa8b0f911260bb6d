import { describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { type RouteHandler, route } from './route.ts';
import { echo, problemOf, send, withTestClusters } from './testing/route-fixture.ts';

withTestClusters();

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
