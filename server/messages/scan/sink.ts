import type { Taken } from './order.ts';

/** What becomes of what a scan finds. */
export interface Sink {
  /** Reads to the end, and says meanwhile what was found. Throws as the reading does, when all of it is said. */
  run(signal: AbortSignal): Promise<void>;
  /** The other thread has taken over something of what was said. */
  hear(taken: Taken): void;
}
