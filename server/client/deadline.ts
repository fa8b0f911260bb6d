import { Failure } from '../../lib/contract/failure.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

/** The end of the time that one request has, with all its attempts; also over when the caller gives up. */
export class Deadline {
  readonly #at: number;
  readonly #what: Sentence;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #over: Promise<never>;
  readonly #timer: NodeJS.Timeout;
  #onAbort: (() => void) | undefined;

  /** `what` goes into the failure, e.g. `Broker 2 did not answer Metadata`. */
  constructor(timeoutMs: number, what: Sentence, signal?: AbortSignal) {
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
    return new Failure(
      'broker_timeout',
      say('link.late', { what: this.#what, time: sayTime(this.#timeoutMs) }),
      {
        action: say('link.late.do'),
      },
    );
  }
}

function cancelled(): Failure {
  return new Failure('cancelled', say('link.cancelled'));
}

function sayTime(milliseconds: number): Sentence {
  return milliseconds < 1000
    ? say('time.ms', { count: Math.round(milliseconds) })
    : say('time.s', { count: Math.round(milliseconds / 100) / 10 });
}
