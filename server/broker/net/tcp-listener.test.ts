import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Dispatch } from './dispatch.ts';
import type { Log } from './log.ts';
import { TcpListener, type TcpListenerOptions } from './tcp-listener.ts';

const open: { listeners: TcpListener[]; sockets: Socket[] } = { listeners: [], sockets: [] };
afterEach(async () => {
  for (const socket of open.sockets.splice(0)) socket.destroy();
  for (const listener of open.listeners.splice(0)) await listener.close('hard');
});

function framed(body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
}

/** Answers each frame with itself; `wait:N:…` after N milliseconds, `fail` not at all, `none` with nothing. */
function echo(served: string[] = []): Dispatch {
  return {
    mayOverlap: (frame) => frame.toString().startsWith('wait'),
    async answer(frame) {
      const text = frame.toString();
      served.push(text);
      if (text.startsWith('wait:')) await delay(Number(text.split(':')[1]));
      if (text.startsWith('slow:')) await delay(20);
      if (text === 'fail') throw new Error('it cannot be served');
      return text === 'none' ? null : framed(text);
    },
  };
}

async function listen(options: Partial<TcpListenerOptions> = {}) {
  const lines: string[] = [];
  const log: Log = { info: () => {}, warn: (line) => lines.push(line), error: (line) => lines.push(line) };
  const listener = await TcpListener.open({
    host: '127.0.0.1',
    port: 0,
    name: 'PLAINTEXT',
    dispatch: echo(),
    maxRequestBytes: 1024 * 1024,
    maxIdleMs: 60_000,
    log,
    ...options,
  });
  open.listeners.push(listener);
  return { listener, lines };
}

async function client(listener: TcpListener) {
  const socket = connect(listener.port, '127.0.0.1');
  open.sockets.push(socket);
  await once(socket, 'connect');
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  const answers = () => {
    const bytes = Buffer.concat(received);
    const texts: string[] = [];
    for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readInt32BE(at)) {
      texts.push(bytes.toString('utf8', at + 4, at + 4 + bytes.readInt32BE(at)));
    }
    return texts;
  };
  return { socket, answers, closed: once(socket, 'close') };
}

async function expectServing(listener: TcpListener) {
  const { socket, answers } = await client(listener);
  socket.write(framed('still here'));
  await expect.poll(answers).toEqual(['still here']);
}

describe('what is no request closes its connection, with one line, and no other', () => {
  test.each([
    ['a web browser', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a TLS client', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])],
    ['a negative size', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['an empty request', Buffer.from([0, 0, 0, 0])],
    ['a request over the limit', Buffer.from([0, 0x10, 0, 1])],
    ['a request that cannot be served', framed('fail')],
  ])('%s', async (_, bytes) => {
    const { listener, lines } = await listen();
    const { socket, closed, answers } = await client(listener);
    socket.write(bytes);
    await closed;
    expect(answers()).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('closed the connection from /127.0.0.1:');
    await expectServing(listener);
  });

  test('a client that hangs up inside a request', async () => {
    const { listener, lines } = await listen();
    const { socket, closed } = await client(listener);
    socket.end(framed('half of it').subarray(0, 8));
    await closed;
    await expect.poll(() => lines).toHaveLength(1);
    expect(lines[0]).toContain('it ended inside a request');
    await expectServing(listener);
  });
});

test('a client that hangs up between requests is nothing to write about', async () => {
  const { listener, lines } = await listen();
  const { socket, closed, answers } = await client(listener);
  socket.write(framed('hello'));
  await expect.poll(answers).toEqual(['hello']);
  socket.end();
  await closed;
  expect(lines).toEqual([]);
});

test('a silent client is left alone until it has been idle for too long', async () => {
  const { listener, lines } = await listen({ maxIdleMs: 200 });
  const { closed, answers } = await client(listener);
  const busy = await client(listener);
  const before = Date.now();
  const chat = setInterval(() => busy.socket.write(framed('hello')), 20);
  await closed;
  clearInterval(chat);
  expect(Date.now() - before).toBeGreaterThanOrEqual(180);
  expect(answers()).toEqual([]);
  expect(busy.socket.destroyed).toBe(false);
  expect(lines).toEqual([]);
});

test('requests that come byte by byte, or many at once, are all answered', async () => {
  const { listener } = await listen();
  const { socket, answers } = await client(listener);
  for (const byte of framed('drop by drop')) {
    socket.write(Buffer.from([byte]));
    await delay(1);
  }
  await expect.poll(answers).toEqual(['drop by drop']);
  const many = Array.from({ length: 500 }, (_, index) => `request ${index}`);
  socket.write(Buffer.concat(many.map(framed)));
  await expect.poll(answers).toEqual(['drop by drop', ...many]);
});

test('answers come in the order of the requests, also of those that overlap', async () => {
  const served: string[] = [];
  const { listener } = await listen({ dispatch: echo(served) });
  const { socket, answers } = await client(listener);
  const requests = ['wait:60:a', 'wait:5:b', 'none', 'slow:c', 'd', 'wait:1:e'];
  socket.write(Buffer.concat(requests.map(framed)));
  await expect.poll(() => served).toEqual(['wait:60:a', 'wait:5:b']);
  await expect.poll(answers).toEqual(['wait:60:a', 'wait:5:b', 'slow:c', 'd', 'wait:1:e']);
  expect(served).toEqual(requests);
});

test('a client that does not read its answers is not read from either', async () => {
  const served: string[] = [];
  const big = 'x'.repeat(200_000);
  const { listener } = await listen({ dispatch: echo(served) });
  const { socket, answers } = await client(listener);
  socket.pause();
  const count = 200;
  const writing = (async () => {
    for (let index = 0; index < count; index += 1) {
      if (!socket.write(framed(big))) await once(socket, 'drain');
    }
  })();
  // Both sides' socket buffers fill up, and then nothing moves any more.
  let servedBefore = 0;
  const hasHalted = () => {
    const isSame = served.length > 0 && served.length === servedBefore;
    servedBefore = served.length;
    return isSame;
  };
  await expect.poll(hasHalted, { interval: 250, timeout: 10_000 }).toBe(true);
  expect(served.length).toBeLessThan(count / 2);
  socket.resume();
  await writing;
  await expect.poll(() => answers().length, { timeout: 5000 }).toBe(count);
});

test('a controlled stop answers what is under way, a hard one does not', async () => {
  for (const mode of ['controlled', 'hard'] as const) {
    const { listener } = await listen();
    const { socket, answers, closed } = await client(listener);
    socket.write(framed('wait:60:last'));
    await delay(20);
    await listener.close(mode);
    await closed;
    expect(answers()).toEqual(mode === 'controlled' ? ['wait:60:last'] : []);
  }
});

test('a port that is taken is an error', async () => {
  const { listener } = await listen();
  await expect(listen({ port: listener.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
