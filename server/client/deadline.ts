import { Failure } from '../../lib/contract/failure.ts';

/** The end of the time that one request has, with all its attempts; also over when the caller gives up. */
export class Deadline {
  readonly #at: number;
  readonly #what: string;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #over: Promise<never>;
  readonly #timer: NodeJS.Timeout;
  #onAbort: (() => void) | undefined;

  /** `what` goes into the failure, e.g. `Broker 2 did not answer Metadata`. */
  constructor(timeoutMs: number, what: string, signal?: AbortSignal) {
    this.#timeoutMs = timeoutMs;
    this.#at = Date.now() + timeoutMs;
    this.#what = what;
    this.#signal = signal;
    const { promise, reject } = Promise.withResolvers<never>();
    this.#over = promise;
    promise.catch(() => {});
    this.#timer = setTimeout(() => reject(this.#late()), timeoutMs);
    if (signal) {
      this.#onAbort = () => reject(cancelled());
      signal.addEventListener('abort', this.#onAbort, { once: true });
      if (signal.aborted) this.#onAbort();
    }
  }

  get remainingMs(): number {
    return Math.max(0, this.#at - Date.now());
  }

  /** Throws when the time is over. */
  check(): void {
    if (this.#signal?.aborted) throw cancelled();
    if (this.remainingMs === 0) throw this.#late();
  }

  /** What `work` gives, unless the time is over first. Whatever becomes of it later is dropped. */
  race<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {});
    return Promise.race([work, this.#over]);
  }

  clear(): void {
    clearTimeout(this.#timer);
    if (this.#onAbort) this.#signal?.removeEventListener('abort', this.#onAbort);
  }

  #late(): Failure {
    return new Failure('broker_timeout', `${this.#what} within ${sayTime(this.#timeoutMs)}`, {
      action: 'See whether the broker is overloaded or its disk is slow; the next try may succeed',
    });
  }
}

function cancelled(): Failure {
  return new Failure('cancelled', 'The request was cancelled');
}

function sayTime(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}
