import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { decodeResponse, encodeRequest } from '../../protocol/frame.ts';
import type { Api, Input } from '../../protocol/schema.ts';

/** A connection that sends one request at a time in any version. */
export class RawClient {
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  #correlationId = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      socket.emit('more');
    });
    socket.on('error', () => {});
    socket.on('close', () => socket.emit('more'));
  }

  static async connect(address: string): Promise<RawClient> {
    const [host, port] = address.split(':');
    const socket = connect(Number(port), host);
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  async send<Request, Response>(
    api: Api<Request, Response>,
    version: number,
    body: Input<Request>,
  ): Promise<Response> {
    this.#correlationId += 1;
    const correlationId = this.#correlationId;
    this.socket.write(encodeRequest(api, version, { correlationId, clientId: 'raw' }, body));
    return decodeResponse(api, version, await this.nextFrame()).body;
  }

  /** The next frame without its size. @throws Error when the broker hangs up instead */
  async nextFrame(): Promise<Buffer> {
    for (;;) {
      const size = this.#received.length >= 4 ? this.#received.readInt32BE(0) : Number.POSITIVE_INFINITY;
      if (this.#received.length >= 4 + size) {
        const frame = this.#received.subarray(4, 4 + size);
        this.#received = this.#received.subarray(4 + size);
        return frame;
      }
      if (this.socket.destroyed) throw new Error('The broker hung up');
      await once(this.socket, 'more');
    }
  }

  close(): void {
    this.socket.destroy();
  }
}
