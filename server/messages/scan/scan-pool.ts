import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { MessagePort, Worker } from 'node:worker_threads';
import { Failure } from '../../../lib/contract/failure.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { lasting } from '../../lasting.ts';
import { projectRoot } from '../../project-root.ts';
import type { ScanOrder, ToThread } from './order.ts';
import { ThreadState } from './thread-state.ts';

/** So many threads search at most; more would wait for one another, or for the brokers. */
const MOST_THREADS = Math.max(1, Math.min(4, availableParallelism()));
/** What the test of a single record may take. */
const TEST_BUDGET_MS = 2000;
const WATCH_EVERY_MS = 250;
/** A thread that nobody has needed for this long gives its memory back. */
const IDLE_MS = 60_000;
/** What a thread may keep in its heap; what brokers send lies outside it. */
const HEAP_MB = 256;

/** One scan in a thread. */
export interface RunningScan {
  readonly port: MessagePort;
  /** Is told when the thread ends before the scan: with why, when it is the scan's own doing, else with null. */
  onThreadGone(gone: (why: Failure | null) => void): void;
  /** Ends it, if it has not ended. */
  close(): void;
}

/**
 * The threads that search. They are shared by all scans and clusters, started when first needed, and watched: a record whose
 * test does not end takes its thread along, and with it only the scan that asked for the test.
 */
export class ScanPool {
  readonly #threads: Thread[] = [];
  #watch: NodeJS.Timeout | null = null;
  #isClosed = false;

  /** How many can search at the same time. */
  readonly width = MOST_THREADS;

  /** Begins a scan in the thread that has the fewest. Throws `unavailable` when the console is being closed. */
  begin(order: ScanOrder): RunningScan {
    if (this.#isClosed) throw new Failure('unavailable', say('link.closed'));
    const thread = this.#least();
    this.#watch ??= setInterval(() => this.#look(), WATCH_EVERY_MS).unref();
    return thread.begin(order);
  }

  /** Starts the threads, for somebody is likely to search in a moment. */
  warm(): void {
    if (this.#isClosed) return;
    while (this.#threads.length < MOST_THREADS) this.#start();
    for (const thread of this.#threads) thread.touch();
    this.#watch ??= setInterval(() => this.#look(), WATCH_EVERY_MS).unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#watch) clearInterval(this.#watch);
    this.#watch = null;
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #least(): Thread {
    const least = this.#threads.toSorted((one, other) => one.scanCount - other.scanCount)[0];
    if (least && (least.scanCount === 0 || this.#threads.length >= MOST_THREADS)) return least;
    return this.#start();
  }

  #start(): Thread {
    const thread = new Thread(() => {
      const at = this.#threads.indexOf(thread);
      if (at >= 0) this.#threads.splice(at, 1);
    });
    this.#threads.push(thread);
    return thread;
  }

  #look(): void {
    for (const thread of [...this.#threads]) thread.look();
    if (this.#threads.length > 0 || !this.#watch) return;
    clearInterval(this.#watch);
    this.#watch = null;
  }
}

/** The one pool of the console. */
export function scanPool(): ScanPool {
  return lasting('scans', () => new ScanPool());
}

class Thread {
  readonly #worker: Worker;
  readonly #state = new ThreadState();
  readonly #scans = new Map<number, (why: Failure | null) => void>();
  #serial = 0;
  #lastUsed = performance.now();
  #isEnded = false;
  /** The record that was being tested when it was looked at, and since when. */
  #seen: { serial: number; record: number; since: number } | null = null;
  /** The scan that the thread was ended for. */
  #culprit: number | null = null;

  constructor(onEnd: () => void) {
    // Not imported: the bundler would rewrite it (docs/decisions/0001).
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    this.#worker = new Worker(join(projectRoot(), 'server/messages/scan/scan-worker.ts'), {
      workerData: this.#state.shared,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 16 },
    });
    this.#worker.unref();
    this.#worker.on('error', () => {
      // Told by `exit`, which follows.
    });
    this.#worker.on('exit', () => {
      this.#isEnded = true;
      onEnd();
      for (const [serial, gone] of [...this.#scans]) gone(this.#whyGone(serial));
      this.#scans.clear();
    });
  }

  get scanCount(): number {
    return this.#scans.size;
  }

  begin(order: ScanOrder): RunningScan {
    const { MessageChannel } = process.getBuiltinModule('node:worker_threads');
    const { port1: port, port2 } = new MessageChannel();
    const serial = ++this.#serial;
    let onGone: (why: Failure | null) => void = () => {};
    this.#scans.set(serial, (why) => onGone(why));
    this.touch();
    const told: ToThread = { kind: 'scan', serial, order, port: port2 };
    this.#worker.postMessage(told, [port2]);
    return {
      port,
      onThreadGone: (gone) => {
        onGone = gone;
        if (this.#isEnded) gone(null);
      },
      close: () => {
        this.#scans.delete(serial);
        this.touch();
        port.close();
      },
    };
  }

  touch(): void {
    this.#lastUsed = performance.now();
  }

  /** Ends the thread when a record takes too long, or nobody has needed it for a while. */
  look(): void {
    const now = performance.now();
    const { tested } = this.#state;
    const seen = this.#seen;
    if (tested && seen?.record === tested.record && seen.serial === tested.serial) {
      if (now - seen.since < TEST_BUDGET_MS) return;
      this.#culprit = tested.serial;
      void this.end();
      return;
    }
    this.#seen = tested ? { ...tested, since: now } : null;
    if (this.#scans.size === 0 && now - this.#lastUsed > IDLE_MS) void this.end();
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #whyGone(serial: number): Failure | null {
    if (serial === this.#culprit) {
      return new Failure('invalid_request', say('scan.tooLong', { seconds: TEST_BUDGET_MS / 1000 }), {
        action: say('scan.tooLong.do'),
      });
    }
    // Out of memory, or a mistake of ours: trying again would only end the next thread.
    if (this.#culprit === null && this.#scans.size === 1) {
      return new Failure('internal', say('scan.threadEnded'), { action: say('scan.threadEnded.do') });
    }
    return null;
  }
}
