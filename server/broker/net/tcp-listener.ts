import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Listener, StopMode } from '../broker.ts';
import { Connection } from './connection.ts';
import type { Dispatch } from './dispatch.ts';
import type { Log } from './log.ts';

/** How long a controlled stop waits for requests that are under way. */
const DRAIN_MS = 500;
const DRAIN_STEP_MS = 5;

export interface TcpListenerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly dispatch: Dispatch;
  /** What the listener is called, e.g. `PLAINTEXT`. */
  readonly name: string;
  /** `socket.request.max.bytes` */
  readonly maxRequestBytes: number;
  /** `connections.max.idle.ms` */
  readonly maxIdleMs: number;
  readonly log: Log;
}

/** A broker's TCP server. */
export class TcpListener implements Listener {
  readonly #server: Server;
  readonly #connections: Set<Connection>;
  readonly #idleSweep: NodeJS.Timeout;
  readonly host: string;
  /** The port it listens on. */
  readonly port: number;

  private constructor(host: string, server: Server, connections: Set<Connection>, idleSweep: NodeJS.Timeout) {
    this.host = host;
    this.#server = server;
    this.#connections = connections;
    this.#idleSweep = idleSweep;
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** @throws the system's error (EADDRINUSE, EACCES, …) when the port can't be had */
  static async open(options: TcpListenerOptions): Promise<TcpListener> {
    const connections = new Set<Connection>();
    const server = createServer((socket) => {
      connections.add(
        new Connection(socket, {
          dispatch: options.dispatch,
          listenerName: options.name,
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
    return new TcpListener(options.host, server, connections, idleSweep);
  }

  /**
   * Takes no more clients and hangs up on those there are. In a controlled stop they get the answers to what they have asked,
   * unless that takes too long.
   */
  async close(mode: StopMode): Promise<void> {
    clearInterval(this.#idleSweep);
    const closed = this.#server.listening ? once(this.#server, 'close') : Promise.resolve();
    this.#server.close();
    const deadline = Date.now() + DRAIN_MS;
    while (mode === 'controlled' && Date.now() < deadline && this.#isServing) await delay(DRAIN_STEP_MS);
    for (const connection of [...this.#connections]) connection.close();
    await closed;
  }

  get #isServing(): boolean {
    for (const connection of this.#connections) if (connection.isServing) return true;
    return false;
  }
}
