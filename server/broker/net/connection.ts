import type { Socket } from 'node:net';
import { ANONYMOUS, type Principal } from '../security/principal.ts';
import type { Dispatch } from './dispatch.ts';
import { FrameReader } from './frame-reader.ts';
import type { ConnectionInfo } from './handler.ts';
import type { Log } from './log.ts';

/** While requests wait their turn no more than this is read ahead; the rest stays in the kernel's buffer. */
const READ_AHEAD_BYTES = 64 * 1024;
/** Requests of one connection that may be served at the same time (only those that `Dispatch.mayOverlap` lets). */
const MAX_IN_FLIGHT = 16;

export interface ConnectionOptions {
  readonly dispatch: Dispatch;
  readonly listenerName: string;
  /** `socket.request.max.bytes` */
  readonly maxRequestBytes: number;
  readonly log: Log;
  readonly onClosed: (connection: Connection) => void;
}

interface Exchange {
  readonly overlaps: boolean;
  done: boolean;
  response: Buffer | null;
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
  readonly principal: Principal = ANONYMOUS;
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #reader: FrameReader;
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
    this.#socket = socket;
    this.#options = options;
    this.#reader = new FrameReader(options.maxRequestBytes);
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
      this.#options.dispatch.mayOverlap(frame)
    );
  }

  #serve(frame: Buffer): void {
    const exchange: Exchange = {
      overlaps: this.#options.dispatch.mayOverlap(frame),
      done: false,
      response: null,
    };
    this.#exchanges.push(exchange);
    this.#options.dispatch.answer(frame, this).then(
      (response) => {
        exchange.done = true;
        exchange.response = response;
        this.#flush();
        this.#serveWaiting();
      },
      (error: unknown) => this.#fail(error),
    );
  }

  #flush(): void {
    if (this.#isClosed) return;
    while (!this.#isClogged && this.#exchanges[0]?.done) {
      const { response } = this.#exchanges.shift()!;
      this.#lastActiveMs = Date.now();
      if (response !== null) this.#isClogged = !this.#socket.write(response);
    }
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
