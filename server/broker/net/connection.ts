import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Principal } from '../security/principal.ts';
import type { SaslSession } from '../security/sasl/session.ts';
import type { Dispatch } from './dispatch.ts';
import { FrameReader } from './frame-reader.ts';
import type { ConnectionInfo, Outgoing } from './handler.ts';
import type { Log } from './log.ts';

/** While requests wait their turn no more than this is read ahead; the rest stays in the kernel's buffer. */
const READ_AHEAD_BYTES = 64 * 1024;
/** Requests of one connection that may be served at the same time (only those that `Dispatch.mayOverlap` lets). */
const MAX_IN_FLIGHT = 16;

export interface ConnectionOptions {
  readonly dispatch: Dispatch;
  readonly listenerName: string;
  /** Who the client is without saying more: by its certificate, or nobody. */
  readonly principal: Principal;
  /** Where clients have to prove first who they are; null where they have not. */
  readonly sasl: SaslEntrance | null;
  /** `socket.request.max.bytes` */
  readonly maxRequestBytes: number;
  readonly log: Log;
  readonly onClosed: (connection: Connection) => void;
}

/** How clients of a SASL listener come in. */
export interface SaslEntrance {
  begin(connection: Connection): SaslSession;
  /** `sasl.server.max.receive.size` */
  readonly maxRequestBytes: number;
  /** `connection.failed.authentication.delay.ms`: who guesses passwords waits. */
  readonly failureDelayMs: number;
}

interface Exchange {
  readonly overlaps: boolean;
  done: boolean;
  response: Outgoing | null;
}

let lastConnectionId = 0;

/**
 * One client. Requests are served one after the other, as Kafka does, so a client may rely on their order; produce requests
 * may overlap each other because they are appended in order anyway. Responses leave in the order of their requests. Nothing
 * more is read or served while the client does not take its responses.
 */
export class Connection implements ConnectionInfo {
  readonly id: number;
  readonly clientHost: string;
  readonly clientPort: number;
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #reader: FrameReader;
  readonly #session: SaslSession | null;
  readonly #exchanges: Exchange[] = [];
  readonly #closeCallbacks = new Set<() => void>();
  #nextFrame: Buffer | null = null;
  #isClogged = false;
  #isClosed = false;
  #lastActiveMs: number;
  #unmute: NodeJS.Timeout | null = null;
  #mutedUntil = 0;

  constructor(socket: Socket, options: ConnectionOptions) {
    lastConnectionId += 1;
    this.id = lastConnectionId;
    this.clientHost = `/${(socket.remoteAddress ?? '').replace(/^::ffff:/, '')}`;
    this.clientPort = socket.remotePort ?? 0;
    this.#socket = socket;
    this.#options = options;
    this.#reader = new FrameReader(options.sasl?.maxRequestBytes ?? options.maxRequestBytes);
    this.#session = options.sasl?.begin(this) ?? null;
    this.#lastActiveMs = Date.now();
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('drain', () => {
      this.#isClogged = false;
      this.#flush();
      this.#serveWaiting();
    });
    socket.on('end', () => {
      if (this.#reader.isInsideFrame && this.#nextFrame === null) this.#complain('it ended inside a request');
      this.close();
    });
    // A reset is how many clients hang up: 'close' follows and says all that matters.
    socket.on('error', () => {});
    socket.on('close', () => this.close());
  }

  get principal(): Principal {
    return this.#session?.principal ?? this.#options.principal;
  }

  get listenerName(): string {
    return this.#options.listenerName;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  onClose(callback: () => void): () => void {
    if (this.#isClosed) {
      callback();
      return () => {};
    }
    this.#closeCallbacks.add(callback);
    return () => this.#closeCallbacks.delete(callback);
  }

  mute(milliseconds: number): void {
    const until = performance.now() + milliseconds;
    if (this.#isClosed || until <= this.#mutedUntil) return;
    this.#mutedUntil = until;
    if (this.#unmute !== null) clearTimeout(this.#unmute);
    this.#unmute = setTimeout(() => {
      this.#unmute = null;
      this.#serveWaiting();
    }, milliseconds);
  }

  /** A request of it is being answered, or the answer is on its way. */
  get isServing(): boolean {
    return this.#exchanges.length > 0 || this.#socket.writableLength > 0;
  }

  /** True when nothing has been asked for so long and nothing is being answered. */
  isIdleSince(timeMs: number): boolean {
    return this.#exchanges.length === 0 && this.#lastActiveMs < timeMs;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#reader.clear();
    this.#nextFrame = null;
    this.#exchanges.length = 0;
    if (this.#unmute !== null) clearTimeout(this.#unmute);
    this.#socket.destroy();
    this.#options.onClosed(this);
    const callbacks = [...this.#closeCallbacks];
    this.#closeCallbacks.clear();
    for (const callback of callbacks) callback();
  }

  #receive(chunk: Buffer): void {
    if (this.#isClosed) return;
    this.#reader.push(chunk);
    this.#lastActiveMs = Date.now();
    this.#serveWaiting();
  }

  #serveWaiting(): void {
    try {
      while (!this.#isClosed) {
        this.#nextFrame ??= this.#reader.next();
        if (this.#nextFrame === null || !this.#mayServe(this.#nextFrame)) break;
        const frame = this.#nextFrame;
        this.#nextFrame = null;
        this.#serve(frame);
      }
    } catch (error) {
      this.#fail(error);
      return;
    }
    const mustWait = this.#nextFrame !== null && this.#reader.bufferedBytes > READ_AHEAD_BYTES;
    if (mustWait !== this.#socket.isPaused() && !this.#isClosed) {
      if (mustWait) this.#socket.pause();
      else this.#socket.resume();
    }
  }

  #mayServe(frame: Buffer): boolean {
    if (this.#isClogged || this.#unmute !== null) return false;
    if (this.#exchanges.length === 0) return true;
    return (
      this.#exchanges.length < MAX_IN_FLIGHT &&
      this.#exchanges.every((exchange) => exchange.overlaps) &&
      this.#overlaps(frame)
    );
  }

  #serve(frame: Buffer): void {
    const exchange: Exchange = {
      overlaps: this.#overlaps(frame),
      done: false,
      response: null,
    };
    this.#exchanges.push(exchange);
    const session = this.#session;
    const answer = session?.takes(frame)
      ? this.#authenticate(frame, session)
      : this.#options.dispatch.answer(frame, this);
    answer.then(
      (response) => {
        exchange.done = true;
        exchange.response = response;
        this.#flush();
        this.#serveWaiting();
      },
      (error: unknown) => this.#fail(error),
    );
  }

  #overlaps(frame: Buffer): boolean {
    return this.#session?.takes(frame) !== true && this.#options.dispatch.mayOverlap(frame);
  }

  /** A step of coming in. Who fails is told so after a while, and then cut off. */
  async #authenticate(frame: Buffer, session: SaslSession): Promise<Buffer | null> {
    const { response, failure } = await session.answer(frame);
    if (failure === null) {
      if (session.isComplete) this.#reader.maxFrameBytes = this.#options.maxRequestBytes;
      return response;
    }
    this.#complain(failure);
    await delay(this.#options.sasl?.failureDelayMs ?? 0);
    if (response !== null && !this.#isClosed) {
      await new Promise<void>((sent) => this.#socket.end(response, sent));
    }
    this.close();
    return null;
  }

  #flush(): void {
    if (this.#isClosed) return;
    while (!this.#isClogged && this.#exchanges[0]?.done) {
      const { response } = this.#exchanges.shift()!;
      this.#lastActiveMs = Date.now();
      if (response !== null) this.#isClogged = !this.#send(response);
    }
  }

  /** Pieces leave in one call to the system. Returns false when the client has not taken all of it yet. */
  #send(response: Outgoing): boolean {
    const socket = this.#socket;
    if (response instanceof Uint8Array) return socket.write(response);
    if (response.length === 1) return socket.write(response[0]!);
    let isTaken = true;
    socket.cork();
    for (const piece of response) isTaken = socket.write(piece);
    socket.uncork();
    return isTaken;
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return;
    this.#complain(error instanceof Error ? error.message : String(error));
    this.close();
  }

  #complain(why: string): void {
    this.#options.log.warn(
      `closed the connection from ${this.clientHost}:${this.#socket.remotePort}: ${why}`,
    );
  }
}
