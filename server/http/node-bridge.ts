import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);
/** Smaller answers, and answers that stay on this machine, are not worth the work. */
const COMPRESS_FROM_BYTES = 8192;

/** Calls a handler of web requests for a request of node:http, and sends what it answers. */
export async function answerWith(
  handler: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  const response = await handler(webRequest(incoming, gone.signal));
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  // What is left of a body that was refused is not read to be able to go on with this connection.
  if (!incoming.complete) outgoing.setHeader('connection', 'close');
  if (!response.body) {
    outgoing.end();
  } else if (response.headers.get('content-type') === 'application/x-ndjson') {
    await sendStream(response.body, outgoing);
  } else {
    await sendWhole(Buffer.from(await response.arrayBuffer()), incoming, outgoing);
  }
}

function webRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const { method = 'GET', url = '/' } = incoming;
  const body = method === 'GET' ? null : (Readable.toWeb(incoming) as ReadableStream);
  return new Request(`http://${headers.get('host')}${url}`, {
    method,
    headers,
    signal,
    body,
    duplex: 'half',
  } as RequestInit);
}

async function sendWhole(body: Buffer, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  let bytes = body;
  if (body.length >= COMPRESS_FROM_BYTES && !isLocal(incoming)) {
    outgoing.setHeader('vary', 'accept-encoding');
    if (/\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''))) {
      bytes = await compress(body, { level: 4 });
      outgoing.setHeader('content-encoding', 'gzip');
    }
  }
  outgoing.setHeader('content-length', bytes.length);
  outgoing.end(bytes);
}

function isLocal(incoming: IncomingMessage): boolean {
  const address = incoming.socket.remoteAddress ?? '';
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

/** Takes the next chunk only when the connection has room, and cancels the stream when it is gone. */
async function sendStream(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader();
  outgoing.once('close', () => void reader.cancel().catch(() => undefined));
  outgoing.flushHeaders();
  while (!outgoing.destroyed) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!outgoing.write(value)) await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
  }
  outgoing.end();
}
