import { pause } from './pause.ts';

/** After standing still for longer than this it is not made up for. */
const MOST_BEHIND_MS = 1000;
/** Timers are no finer than this: what is due within it goes at once. */
const GRAIN_MS = 2;

/** Holds a series to a rate. */
export class Pace {
  readonly #everyMs: number;
  #dueAt = performance.now();

  /** @param rate a second; undefined: as fast as it goes */
  constructor(rate: number | undefined) {
    this.#everyMs = rate === undefined ? 0 : 1000 / rate;
  }

  /** Until it is time for the next one; null when it is already. */
  next(signal: AbortSignal): Promise<void> | null {
    if (this.#everyMs === 0) return null;
    const now = performance.now();
    const wait = this.#dueAt - now;
    this.#dueAt = Math.max(this.#dueAt, now - MOST_BEHIND_MS) + this.#everyMs;
    return wait > GRAIN_MS ? pause(wait, signal) : null;
  }
}
