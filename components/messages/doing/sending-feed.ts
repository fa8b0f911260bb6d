import { Failure } from '../../../lib/contract/failure.ts';
import type { SendingEnd, SendingProgress } from '../../../lib/contract/sending.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';

export type SendingPhase = 'idle' | 'sending' | 'cancelling' | 'ended' | 'failed';

/** How far a sending is. */
export interface SentSoFar extends Pick<SendingProgress, 'acknowledged' | 'refused' | 'bytes' | 'elapsedMs'> {
  /** From 0 to 1; null where it is not known how much there is. */
  share: number | null;
  total: number | null;
  /** Of a file: the line up to which all is settled. */
  upTo?: number;
  /** Messages acknowledged a second, lately. */
  rate: number | null;
}

/** What a dialog shows of a sending; a new object each time something changed. */
export interface SendingSnapshot {
  phase: SendingPhase;
  soFar: SentSoFar | null;
  end: SendingEnd | null;
  /** Why it did not begin, or what broke it off. */
  failure: Failure | null;
}

/** What a sending does while it is under way. */
export interface SendingContext {
  /** Fires when nobody waits for it any more. */
  signal: AbortSignal;
  /** Somebody has cancelled it: it ends by itself, and tells how far it came. */
  isCancelled: () => boolean;
  /** Tells how far it is; `id` is that by which the server cancels it. */
  tell: (soFar: Omit<SentSoFar, 'rate'>, id: string) => void;
}

export type SendingJob = (context: SendingContext) => Promise<SendingEnd>;

const IDLE: SendingSnapshot = { phase: 'idle', soFar: null, end: null, failure: null };
/** After being cancelled a sending has this long to end by itself. */
const CANCEL_PATIENCE_MS = 8000;

/** One sending at a time, for `useSyncExternalStore`; knows nothing of React. */
export class SendingFeed {
  readonly #cancelOnServer: (id: string) => Promise<unknown>;
  readonly #listeners = new Set<() => void>();
  #snapshot = IDLE;
  #controller: AbortController | null = null;
  #id: string | null = null;
  #wasCancelled = false;

  /** @param cancelOnServer asks the server to end the sending of this id */
  constructor(cancelOnServer: (id: string) => Promise<unknown>) {
    this.#cancelOnServer = cancelOnServer;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): SendingSnapshot => this.#snapshot;

  async start(job: SendingJob): Promise<void> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.#id = null;
    this.#wasCancelled = false;
    this.#publish({ ...IDLE, phase: 'sending' });
    try {
      const end = await job({
        signal: controller.signal,
        isCancelled: () => this.#wasCancelled,
        tell: (soFar, id) => this.#tell(soFar, id, controller),
      });
      if (this.#controller === controller) this.#publish({ phase: 'ended', end });
    } catch (error) {
      if (this.#controller !== controller) return;
      this.#publish({ phase: 'failed', failure: error instanceof Failure ? error : brokenOff(error) });
    }
  }

  /** Ends it: what was handed over is still written, and the result is told. */
  cancel(): void {
    if (this.#snapshot.phase !== 'sending') return;
    this.#wasCancelled = true;
    this.#publish({ phase: 'cancelling' });
    const controller = this.#controller!;
    if (this.#id === null) {
      controller.abort();
      return;
    }
    void this.#cancelOnServer(this.#id).catch(() => controller.abort());
    setTimeout(() => controller.abort(), CANCEL_PATIENCE_MS);
  }

  /** Leaves what is under way, which ends it, and forgets everything. */
  reset(): void {
    this.#controller?.abort();
    this.#controller = null;
    this.#publish(IDLE);
  }

  #tell(soFar: Omit<SentSoFar, 'rate'>, id: string, controller: AbortController): void {
    if (this.#controller !== controller) return;
    // A sending of several parts is cancelled between them by itself, and within one by its id.
    if (this.#wasCancelled && this.#id !== id) void this.#cancelOnServer(id).catch(() => controller.abort());
    this.#id = id;
    const before = this.#snapshot.soFar;
    const seconds = before ? (soFar.elapsedMs - before.elapsedMs) / 1000 : 0;
    const rate = before && seconds > 0 ? (soFar.acknowledged - before.acknowledged) / seconds : null;
    this.#publish({ soFar: { ...soFar, rate: rate ?? before?.rate ?? null } });
  }

  #publish(change: Partial<SendingSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function brokenOff(cause: unknown): Failure {
  return new Failure('unavailable', onPage('sendingBrokeOff'), {
    action: onPage('sendingBrokeOff.do'),
    cause,
  });
}
