import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, decode, encode, type Input } from '../../protocol/codec.ts';
import { decodeRequestHeader, encodeResponse } from '../../protocol/frame.ts';
import { apiVersionsApi } from '../../protocol/messages/api-versions.ts';

export interface FakeRequest {
  readonly broker: number;
  readonly version: number;
}

type Handler = {
  api: Api<unknown, unknown>;
  /** What is answered; undefined: nothing, ever. */
  answer(body: never, request: FakeRequest): unknown;
};

/** Says how one API is answered. */
export function answer<Request, Response>(
  api: Api<Request, Response>,
  give: (body: Request, request: FakeRequest) => Input<Response> | undefined,
): Handler {
  return { api: api as Api<unknown, unknown>, answer: give };
}

/** Listens like a broker and answers what it was told to, one request of a connection after the other as brokers do. */
export class FakeBroker {
  readonly id: number;
  readonly host = '127.0.0.1';
  port = 0;
  /** Milliseconds before each answer. */
  delayMs = 0;
  /** Highest version of ApiVersions that it knows; a newer one is answered in version 0 with an error (KIP-511). */
  apiVersionsMax = apiVersionsApi.maxVersion;
  /** Names of the APIs that were asked, in order. */
  readonly asked: string[] = [];
  /** Replaces what it says to everything. */
  raw: ((socket: net.Socket, frame: Buffer) => void) | null = null;
  readonly #handlers = new Map<number, Handler>();
  readonly #hidden = new Set<number>();
  readonly #sockets = new Set<net.Socket>();
  #server: net.Server | null = null;

  constructor(id: number) {
    this.id = id;
  }

  get address(): string {
    return `${this.host}:${this.port}`;
  }

  get connectionCount(): number {
    return this.#sockets.size;
  }

  on(...handlers: Handler[]): this {
    for (const handler of handlers) this.#handlers.set(handler.api.key, handler);
    return this;
  }

  /** Does not offer an API any more. */
  hide(api: Api<never, never> | { key: number }): void {
    this.#hidden.add(api.key);
  }

  async start(): Promise<void> {
    const server = net.createServer((socket) => this.#serve(socket));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, this.host, resolve));
    this.port = (server.address() as net.AddressInfo).port;
  }

  /** As if its process were killed. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const server = this.#server;
    this.#server = null;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Breaks all connections, and goes on listening. */
  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: net.Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    let bytes: Buffer = Buffer.alloc(0);
    let turn = Promise.resolve();
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0)) {
        const frame = bytes.subarray(4, 4 + bytes.readInt32BE(0));
        bytes = bytes.subarray(4 + frame.length);
        turn = turn.then(() => this.#answer(socket, frame));
      }
    });
  }

  async #answer(socket: net.Socket, frame: Buffer): Promise<void> {
    if (this.raw) return this.raw(socket, frame);
    const header = decodeRequestHeader(frame);
    const { apiKey, apiVersion: version, correlationId } = header;
    if (apiKey === apiVersionsApi.key) {
      this.asked.push(apiVersionsApi.name);
      if (this.delayMs > 0) await sleep(this.delayMs);
      socket.write(this.#apiVersions(version, correlationId));
      return;
    }
    const handler = this.#handlers.get(apiKey);
    if (!handler) throw new Error(`No answer was prepared for API ${apiKey}`);
    this.asked.push(handler.api.name);
    const body = decode(handler.api.request, version, frame, header.bodyOffset);
    if (this.delayMs > 0) await sleep(this.delayMs);
    const said = handler.answer(body as never, { broker: this.id, version });
    if (said === undefined) return new Promise(() => {});
    socket.write(encodeResponse(handler.api, version, correlationId, said as Input<unknown>));
  }

  #apiVersions(version: number, correlationId: number): Buffer {
    const apiKeys = [...this.#handlers.values()]
      .map(({ api }) => ({ apiKey: api.key, minVersion: api.minVersion, maxVersion: api.maxVersion }))
      .concat({ apiKey: apiVersionsApi.key, minVersion: 0, maxVersion: this.apiVersionsMax })
      .filter(({ apiKey }) => !this.#hidden.has(apiKey));
    if (version <= this.apiVersionsMax) {
      return encodeResponse(apiVersionsApi, version, correlationId, { apiKeys });
    }
    const unsupported = encode(apiVersionsApi.response, 0, { errorCode: 35, apiKeys }, 8);
    unsupported.writeInt32BE(unsupported.length - 4, 0);
    unsupported.writeInt32BE(correlationId, 4);
    return unsupported;
  }
}
