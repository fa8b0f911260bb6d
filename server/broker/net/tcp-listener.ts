import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import type { StopMode } from '../broker.ts';
import { ANONYMOUS, type Principal } from '../security/principal.ts';
import { Connection, type SaslEntrance } from './connection.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Dispatch } from './dispatch.ts';
import type { Log } from './log.ts';
import type { Tls } from './tls.ts';

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
  /** How many the broker takes; left out, there is no limit. */
  readonly limits?: ConnectionLimits;
  /** Null: it speaks in the clear. */
  readonly tls?: Tls | null;
  /** Null: clients need not say who they are. */
  readonly sasl?: SaslEntrance | null;
  /** `socket.request.max.bytes` */
  readonly maxRequestBytes: number;
  /** `connections.max.idle.ms` */
  readonly maxIdleMs: number;
  readonly log: Log;
}

/** One port of a broker, with the clients that have come by it. */
export class TcpListener {
  readonly #server: Server;
  readonly #connections: Set<Connection>;
  /** Those who have not yet agreed on keys, too. */
  readonly #sockets: Set<Socket>;
  readonly #idleSweep: NodeJS.Timeout;
  readonly host: string;
  /** The port it listens on. */
  readonly port: number;

  private constructor(
    host: string,
    server: Server,
    connections: Set<Connection>,
    sockets: Set<Socket>,
    idleSweep: NodeJS.Timeout,
  ) {
    this.host = host;
    this.#server = server;
    this.#connections = connections;
    this.#sockets = sockets;
    this.#idleSweep = idleSweep;
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** @throws the system's error (EADDRINUSE, EACCES, …) when the port can't be had */
  static async open(options: TcpListenerOptions): Promise<TcpListener> {
    const connections = new Set<Connection>();
    const sockets = new Set<Socket>();
    const take = (socket: Socket, principal: Principal) => {
      connections.add(
        new Connection(socket, {
          dispatch: options.dispatch,
          listenerName: options.name,
          principal,
          sasl: options.sasl ?? null,
          maxRequestBytes: options.maxRequestBytes,
          log: options.log,
          onClosed: (connection) => connections.delete(connection),
        }),
      );
    };
    const tls = options.tls ? await tlsServer(options.tls, take, sockets, options.log) : null;
    const server = createServer((socket) => {
      const enter = () => {
        if (tls === null) take(socket, ANONYMOUS);
        else tls.emit('connection', socket);
      };
      if (options.limits === undefined) enter();
      else options.limits.open(socket, enter);
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
    return new TcpListener(options.host, server, connections, sockets, idleSweep);
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
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  get #isServing(): boolean {
    for (const connection of this.#connections) if (connection.isServing) return true;
    return false;
  }
}

async function tlsServer(
  tls: Tls,
  take: (socket: Socket, principal: Principal) => void,
  sockets: Set<Socket>,
  log: Log,
): Promise<Server> {
  const { createServer: createTlsServer } = await import('node:tls');
  const refuse = (socket: Socket, why: unknown) => {
    log.warn(
      `refused /${socket.remoteAddress}:${socket.remotePort}: ${why instanceof Error ? why.message : why}`,
    );
    socket.destroy();
  };
  const server = createTlsServer(tls.options, (socket: TLSSocket) => {
    try {
      take(socket, tls.principalOf(socket));
    } catch (error) {
      refuse(socket, error);
    }
  });
  server.on('tlsClientError', (error, socket) => refuse(socket, error));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return server;
}
