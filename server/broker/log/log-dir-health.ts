import type { FileStore } from './file-store.ts';

/** As much as a small write needs that brings a page of its own. */
const PROBE = Buffer.alloc(16 * 1024);
const PROBE_FILE = '.probe';

/**
 * Whether a log dir takes what is written to it. When it does not (no space, no permission, a failing device) the broker
 * goes on serving reads, and looks again and again whether writes succeed.
 */
export class LogDirHealth {
  readonly #store: FileStore;
  readonly #log: (message: string) => void;
  #failure: string | null = null;

  constructor(store: FileStore, log: (message: string) => void) {
    this.#store = store;
    this.#log = log;
  }

  get isFailing(): boolean {
    return this.#failure !== null;
  }

  /** A write failed. Tells it once until writes succeed again. */
  failed(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#failure === null) {
      this.#log(`${what}: ${reason}. Writes to ${this.#store.root} are refused until they succeed again.`);
    }
    this.#failure = reason;
  }

  /** Tries a write when the last one failed. True when the log dir has just come back. */
  recovers(): boolean {
    if (this.#failure === null) return false;
    try {
      this.#store.replace(PROBE_FILE, PROBE);
      this.#store.remove(PROBE_FILE);
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      return false;
    }
    this.#failure = null;
    this.#log(`Writes to ${this.#store.root} succeed again.`);
    return true;
  }
}
