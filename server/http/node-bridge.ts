import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ApiAnswer, ApiRequest } from './api-request.ts';

const compress = promisify(gzip);
/** Smaller answers, and answers that stay on this machine, are not worth the work. */
const COMPRESS_FROM_BYTES = 8192;
/** How long what is left of a refused body is still taken. */
const LINGER_MS = 1000;

/** Calls a route's handler for a request of node:http, and sends what it answers. */
export async function answerWith(
  handler: (request: ApiRequest) => Promise<ApiAnswer>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { status, headers, body } = await handler(new NodeRequest(incoming, outgoing));
  outgoing.statusCode = status;
  for (const name in headers) outgoing.setHeader(name, headers[name]!);
  // What is left of a body that was refused is not read to be able to go on with this connection.
  const isLeft = !incoming.complete;
  if (isLeft) outgoing.setHeader('connection', 'close');
  if (body === null) outgoing.end();
  else if (typeof body === 'string' && isLeft) await sendBeforeAll(body, incoming, outgoing);
  else if (typeof body === 'string') await sendText(body, incoming, outgoing);
  else {
    await sendStream(body, outgoing);
    if (!incoming.complete) await readOn(incoming);
    outgoing.end();
  }
}

/** A request of node:http. What few handlers look at is made when it is looked at. */
class NodeRequest implements ApiRequest {
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;
  #body: ReadableStream<Uint8Array> | null = null;
  #gone: AbortController | null = null;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  get url(): string {
    return `http://${this.#incoming.headers.host}${this.#incoming.url}`;
  }

  get headers(): ApiRequest['headers'] {
    const { headers } = this.#incoming;
    return {
      get(name) {
        const value = headers[name];
        return Array.isArray(value) ? value.join(', ') : (value ?? null);
      },
    };
  }

  get body(): ReadableStream<Uint8Array> | null {
    if (this.#incoming.method === 'GET') return null;
    this.#body ??= Readable.toWeb(this.#incoming) as ReadableStream<Uint8Array>;
    return this.#body;
  }

  get signal(): AbortSignal {
    if (!this.#gone) {
      const gone = new AbortController();
      const check = () => {
        if (!this.#outgoing.writableFinished) gone.abort();
      };
      if (this.#outgoing.closed) check();
      else this.#outgoing.once('close', check);
      this.#gone = gone;
    }
    return this.#gone.signal;
  }
}

/**
 * Answers a client that is still sending. A connection that is closed under it would take the answer along, so what comes
 * in the next moment is read and thrown away.
 */
async function sendBeforeAll(
  text: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.setHeader('content-length', Buffer.byteLength(text));
  outgoing.write(text);
  await readOn(incoming);
  outgoing.end();
}

async function readOn(incoming: IncomingMessage): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LINGER_MS);
  incoming.once('end', resolve).once('close', resolve).resume();
  await promise;
  clearTimeout(timer);
}

async function sendText(text: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const length = Buffer.byteLength(text);
  if (length >= COMPRESS_FROM_BYTES && !isLocal(incoming)) {
    outgoing.setHeader('vary', 'accept-encoding');
    if (/\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''))) {
      const bytes = await compress(text, { level: 4 });
      outgoing.setHeader('content-encoding', 'gzip');
      outgoing.setHeader('content-length', bytes.length);
      outgoing.end(bytes);
      return;
    }
  }
  outgoing.setHeader('content-length', length);
  outgoing.end(text);
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
    if (!outgoing.write(value)) await roomOrEnd(outgoing);
  }
}

/** Until the connection takes more, or is gone; leaves no listeners behind. */
function roomOrEnd(outgoing: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const settle = () => {
    outgoing.off('drain', settle);
    outgoing.off('close', settle);
    resolve();
  };
  outgoing.on('drain', settle);
  outgoing.on('close', settle);
  return promise;
}
