import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { Connection } from './connection.ts';
import type { Dispatch } from './dispatch.ts';
import type { Log } from './log.ts';

export interface ListenerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly dispatch: Dispatch;
  /** `socket.request.max.bytes` */
  readonly maxRequestBytes: number;
  /** `connections.max.idle.ms` */
  readonly maxIdleMs: number;
  readonly log: Log;
}

/** A broker's TCP server. */
export class Listener {
  readonly #server: Server;
  readonly #connections: Set<Connection>;
  readonly #idleSweep: NodeJS.Timeout;
  /** The port it listens on. */
  readonly port: number;

  private constructor(server: Server, connections: Set<Connection>, idleSweep: NodeJS.Timeout) {
    this.#server = server;
    this.#connections = connections;
    this.#idleSweep = idleSweep;
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** @throws the system's error (EADDRINUSE, EACCES, …) when the port can't be had */
  static async open(options: ListenerOptions): Promise<Listener> {
    const connections = new Set<Connection>();
    const server = createServer((socket) => {
      connections.add(
        new Connection(socket, {
          dispatch: options.dispatch,
          maxRequestBytes: options.maxRequestBytes,
          log: options.log,
          onClosed: (connection) => connections.delete(connection),
        }),
      );
    });
    server.listen(options.port, options.host);
    await once(server, 'listening');
    server.on('error', (error) => options.log.error('the listener failed', error));
    const idleSweep = setInterval(
      () => {
        const idleSince = Date.now() - options.maxIdleMs;
        for (const connection of connections) if (connection.isIdleSince(idleSince)) connection.close();
      },
      Math.max(100, Math.min(options.maxIdleMs / 2, 30_000)),
    );
    idleSweep.unref();
    return new Listener(server, connections, idleSweep);
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /** Takes no more clients and hangs up on those there are. */
  async close(): Promise<void> {
    clearInterval(this.#idleSweep);
    const closed = this.#server.listening ? once(this.#server, 'close') : Promise.resolve();
    this.#server.close();
    for (const connection of [...this.#connections]) connection.close();
    await closed;
  }
}
