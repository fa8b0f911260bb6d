import { ProtocolError } from '../../../protocol/protocol-error.ts';
import type { FileStore } from '../file-store.ts';
import type { PartitionLog } from '../partition-log.ts';
import { beginRound, type CleanerLimits, cleanGroup, groupsToClean } from './clean-log.ts';
import type { CleanableLog } from './cleanable.ts';

/** At work at most this long at a stretch, and at rest at least as long in between: clients come first. */
const MAX_TURN_MS = 4;
const REST_MS = 4;

/** A broker whose logs are compacted. */
export interface CleanedBroker {
  readonly store: FileStore;
  readonly cleanerLimits: CleanerLimits;
  now(): number;
  /** The logs that are worth compacting now. */
  cleanableLogs(): Iterable<CleanableLog>;
}

/** The log changed under the cleaner's hands: deleted, cut or closed. */
class CleaningAborted extends Error {}

/**
 * Compacts logs, the dirtiest first and one at a time, so that only one map of keys is in memory. All its work is done in
 * short turns on this thread; a log that changes meanwhile is left as it is.
 */
export class LogCleaner {
  readonly #brokers: () => Iterable<CleanedBroker>;
  readonly #log: (message: string) => void;
  /** Logs that could not be read: compacting them again would fail again. */
  readonly #uncleanable = new WeakSet<PartitionLog>();
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(brokers: () => Iterable<CleanedBroker>, log: (message: string) => void) {
    this.#brokers = brokers;
    this.#log = log;
  }

  /** Compacts all that is worth it. Resolves when nothing is, at once when it is at work already. */
  run(): Promise<void> {
    this.#running ??= this.#cleanAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Resolves when it has stopped, with no file left half-written. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #cleanAll(): Promise<void> {
    while (!this.#stopped) {
      let log: PartitionLog | null = null;
      try {
        const next = this.#filthiest();
        if (next === null) return;
        log = next.target.log;
        await this.#clean(next.target, next.broker);
      } catch (error) {
        if (error instanceof CleaningAborted) continue;
        this.#log(`${log?.directory ?? 'A log'} can't be compacted: ${error}`);
        // A full disk may have room again next time.
        if (log === null || !(error instanceof ProtocolError)) return;
        this.#uncleanable.add(log);
      }
    }
  }

  #filthiest(): { readonly target: CleanableLog; readonly broker: CleanedBroker } | null {
    let filthiest: { target: CleanableLog; broker: CleanedBroker } | null = null;
    for (const broker of this.#brokers()) {
      for (const target of broker.cleanableLogs()) {
        if (this.#uncleanable.has(target.log)) continue;
        if (filthiest === null || target.dirtyRatio > filthiest.target.dirtyRatio) {
          filthiest = { target, broker };
        }
      }
    }
    return filthiest;
  }

  async #clean(target: CleanableLog, broker: CleanedBroker): Promise<void> {
    const { log, firstUncleanableOffset } = target;
    const toRead = log.segments.filter((segment) => segment.baseOffset < firstUncleanableOffset);
    const round = await this.#inTurns(beginRound(target, broker.cleanerLimits, broker.now()), () =>
      log.holds(toRead),
    );
    for (const group of groupsToClean(round)) {
      const isValid = () => log.holds(group);
      const cleaned = await this.#inTurns(cleanGroup(round, group, broker.store), isValid);
      try {
        await cleaned.syncLater();
        if (!isValid() || this.#stopped) throw new CleaningAborted();
      } catch (error) {
        cleaned.remove();
        throw error;
      }
      log.replaceSegments(group, cleaned);
    }
    log.cleanedTo = round.endOffset;
  }

  async #inTurns<T>(steps: Generator<void, T, void>, isValid: () => boolean): Promise<T> {
    let turnStart = performance.now();
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (performance.now() - turnStart < MAX_TURN_MS) continue;
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
      if (this.#stopped || !isValid()) {
        steps.return(undefined as never);
        throw new CleaningAborted();
      }
      turnStart = performance.now();
    }
  }
}
