import type { Failure } from '../../lib/contract/failure.ts';
import { asFailure } from './read-problem.ts';

/** What is known of a key: a value, why there is none, or undefined while it is being read. */
export type Known<Value> = { readonly value: Value } | { readonly failure: Failure } | undefined;

/** Says what came of a key, as soon as it is known. */
export type Settle<Value> = (key: string, outcome: { value: Value } | { failure: Failure }) => void;

export interface OnDemandOptions<Value> {
  /** Reads several keys; settles each. What it throws counts for those it has not settled. */
  load: (keys: readonly string[], settle: Settle<Value>) => Promise<void>;
  /** Milliseconds for which a value counts as new; longer when reading took long, so that reading takes a fifth of the time at most. */
  freshMs: number;
  /** Keys kept; the longest unread go first. */
  most: number;
}

interface Entry<Value> {
  known: Known<Value>;
  knownAt: number;
  freshUntil: number;
  loading: Promise<void> | null;
}

/** After reading, this many times as long passes before the next. */
const REST = 4;
const LONGEST_FRESH_MS = 30_000;
/** How long a value that is no longer new may still be given when reading anew takes its time. */
const STALE_MS = 30_000;
/** How long a reader waits for a newer value when there is an older one. */
const STALE_WAIT_MS = 200;

/**
 * Values that are read when somebody looks at them, and remembered for a moment. Each key is read once at a time however
 * many ask. A read waits for what is not known yet until its time is over, then goes without; what comes later is there
 * for the next read.
 */
export class OnDemand<Value> {
  readonly #options: OnDemandOptions<Value>;
  readonly #entries = new Map<string, Entry<Value>>();

  constructor(options: OnDemandOptions<Value>) {
    this.#options = options;
  }

  /** @param until milliseconds since the epoch up to which the caller waits */
  async read(keys: readonly string[], until: number): Promise<(key: string) => Known<Value>> {
    const now = Date.now();
    const missing: string[] = [];
    const unknown: Promise<void>[] = [];
    const stale: Promise<void>[] = [];
    for (const key of keys) {
      const entry = this.#touch(key);
      if (entry.freshUntil > now) continue;
      if (!entry.loading) missing.push(key);
    }
    if (missing.length > 0) this.#load(missing, now);
    for (const key of keys) {
      const entry = this.#entries.get(key);
      if (!entry?.loading || entry.freshUntil > now) continue;
      (entry.known && now - entry.knownAt < STALE_MS ? stale : unknown).push(entry.loading);
    }
    if (stale.length > 0) await settledBy(stale, Math.min(until, now + STALE_WAIT_MS));
    if (unknown.length > 0) await settledBy(unknown, until);
    return (key) => {
      const entry = this.#entries.get(key);
      if (!entry || Date.now() - entry.knownAt > STALE_MS + LONGEST_FRESH_MS) return undefined;
      return entry.known;
    };
  }

  /** Reads one key. */
  async readOne(key: string, until: number): Promise<Known<Value>> {
    return (await this.read([key], until))(key);
  }

  /** What is known without reading, however old. */
  peek(key: string): Known<Value> {
    return this.#entries.get(key)?.known;
  }

  /** Makes the next read of these keys read anew. */
  forget(matches: (key: string) => boolean): void {
    for (const [key, entry] of this.#entries) {
      if (!matches(key)) continue;
      entry.freshUntil = 0;
      // What is under way may have been read before the change.
      entry.loading = null;
    }
  }

  #touch(key: string): Entry<Value> {
    let entry = this.#entries.get(key);
    if (entry) return entry;
    entry = { known: undefined, knownAt: 0, freshUntil: 0, loading: null };
    this.#entries.set(key, entry);
    return entry;
  }

  #load(keys: readonly string[], began: number): void {
    this.#evict(new Set(keys));
    const settlers = new Map<string, { entry: Entry<Value>; loading: Promise<void>; resolve: () => void }>();
    for (const key of keys) {
      const entry = this.#touch(key);
      const { promise, resolve } = Promise.withResolvers<void>();
      entry.loading = promise;
      settlers.set(key, { entry, loading: promise, resolve });
    }
    const settle: Settle<Value> = (key, outcome) => {
      const settler = settlers.get(key);
      if (!settler) return;
      settlers.delete(key);
      const { entry, loading, resolve } = settler;
      // Forgotten meanwhile: a newer reading will say.
      if (entry.loading === loading) {
        const now = Date.now();
        const fresh = Math.min(LONGEST_FRESH_MS, Math.max(this.#options.freshMs, REST * (now - began)));
        entry.known = outcome;
        entry.knownAt = now;
        entry.freshUntil = now + fresh;
        entry.loading = null;
      }
      resolve();
    };
    const finish = (failure: Failure): void => {
      for (const key of [...settlers.keys()]) settle(key, { failure });
    };
    this.#options.load(keys, settle).then(
      () => finish(asFailure(new Error('A broker left this out of its answer'))),
      (error: unknown) => finish(asFailure(error)),
    );
  }

  /** Entries are in order of their last reading: a loaded key moves to the end. */
  #evict(loaded: ReadonlySet<string>): void {
    for (const key of loaded) {
      const entry = this.#entries.get(key);
      if (!entry) continue;
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    const surplus = this.#entries.size - this.#options.most;
    if (surplus <= 0) return;
    let dropped = 0;
    for (const [key, entry] of this.#entries) {
      if (dropped >= surplus || loaded.has(key)) break;
      if (entry.loading) continue;
      this.#entries.delete(key);
      dropped += 1;
    }
  }
}

/** Waits for all, but not longer than until a moment. */
export async function settledBy(work: readonly Promise<unknown>[], until: number): Promise<void> {
  const left = until - Date.now();
  if (left <= 0) return;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, left);
  });
  await Promise.race([Promise.allSettled(work), over]);
  clearTimeout(timer);
}
