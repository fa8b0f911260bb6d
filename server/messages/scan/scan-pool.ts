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
/** What the test of a single record may take of the processor's time, for a busy machine is no fault of it. */
const TEST_BUDGET_MS = 2000;
/** So many times as long it may take in all. */
const MOST_WAITING = 10;
const WATCH_EVERY_MS = 250;
/** A thread that nobody has needed for this long gives its memory back. */
const IDLE_MS = 60_000;
/** What a thread may keep in its heap, as a message of 10 MB that is read as JSON; what brokers send lies outside it. */
const HEAP_MB = 512;

/** Why a thread has ended, for one of its scans. */
export interface ThreadEnd {
  /** Null when it is not known to be the scan's own doing: it may go on in another thread. */
  readonly why: Failure | null;
  /** False: nobody knows whose doing it was. */
  readonly isExplained: boolean;
}

/** One scan in a thread. */
export interface RunningScan {
  readonly port: MessagePort;
  /** Is told when the thread ends before the scan. */
  onThreadGone(gone: (end: ThreadEnd) => void): void;
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
  readonly width: number;
  readonly #limits: ThreadLimits;
  /** Is told of an error that has ended a thread: its kind and where it was thrown, never what it says. */
  onError: (name: string, stack: string) => void = () => {};

  constructor({
    width = MOST_THREADS,
    heapMb = HEAP_MB,
    budgetMs = TEST_BUDGET_MS,
  }: Partial<ThreadLimits> & { width?: number } = {}) {
    this.width = width;
    this.#limits = { heapMb, budgetMs };
  }

  /**
   * Begins a scan in the thread that has the fewest. Throws `unavailable` when the console is being closed.
   *
   * @param isAlone in a thread of its own, for it may take the thread along
   */
  begin(order: ScanOrder, { isAlone = false }: { isAlone?: boolean } = {}): RunningScan {
    if (this.#isClosed) throw new Failure('unavailable', say('link.closed'));
    const thread = isAlone ? this.#start({ isReserved: true }) : this.#least();
    this.#watch ??= setInterval(() => this.#look(), WATCH_EVERY_MS).unref();
    return thread.begin(order);
  }

  /** Starts the threads, for somebody is likely to search in a moment. */
  warm(): void {
    if (this.#isClosed) return;
    while (this.#shared.length < this.width) this.#start();
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
    const shared = this.#shared;
    const least = shared.toSorted((one, other) => one.scanCount - other.scanCount)[0];
    if (least && (least.scanCount === 0 || shared.length >= this.width)) return least;
    return this.#start();
  }

  get #shared(): Thread[] {
    return this.#threads.filter(({ isReserved, isEnding }) => !isReserved && !isEnding);
  }

  #start({ isReserved = false } = {}): Thread {
    const onEnd = () => {
      const at = this.#threads.indexOf(thread);
      if (at >= 0) this.#threads.splice(at, 1);
    };
    const onError = (name: string, stack: string) => this.onError(name, stack);
    const thread = new Thread({ ...this.#limits, isReserved, onEnd, onError });
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

/** A record that was being tested when it was looked at: since when, and what the thread had used by then. */
interface Seen {
  readonly serial: number;
  readonly record: number;
  readonly since: number;
  readonly processorMs: Promise<number>;
}

interface ThreadLimits {
  /** What its heap may hold, in MB. */
  heapMb: number;
  /** What the test of a single record may take. */
  budgetMs: number;
}

interface ThreadOptions extends ThreadLimits {
  isReserved: boolean;
  onEnd: () => void;
  onError: (name: string, stack: string) => void;
}

class Thread {
  readonly #worker: Worker;
  readonly #state = new ThreadState();
  readonly #scans = new Map<number, (end: ThreadEnd) => void>();
  #serial = 0;
  #lastUsed = performance.now();
  #isEnded = false;
  #seen: Seen | null = null;
  /** The scan that the thread was ended for. */
  #culprit: number | null = null;
  /** For one scan only. */
  readonly isReserved: boolean;
  /** It was told to end. */
  isEnding = false;

  readonly #budgetMs: number;

  constructor({ heapMb, budgetMs, isReserved, onEnd, onError }: ThreadOptions) {
    this.#budgetMs = budgetMs;
    this.isReserved = isReserved;
    // Not imported: the bundler would rewrite it (docs/decisions/0001).
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    this.#worker = new Worker(join(projectRoot(), 'server/messages/scan/scan-worker.ts'), {
      workerData: this.#state.shared,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16 },
    });
    this.#worker.unref();
    // What becomes of its scans is told by `exit`, which follows.
    this.#worker.on('error', ({ name, code, stack = '' }: NodeJS.ErrnoException) =>
      onError(code ?? name, stack.replace(/^[\s\S]*?(?=\n\s+at )/, '')),
    );
    this.#worker.on('exit', () => {
      this.#isEnded = true;
      onEnd();
      const ends = [...this.#scans].map(([serial, gone]) => [gone, this.#endOf(serial)] as const);
      for (const [gone, end] of ends) gone(end);
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
    let onGone: (end: ThreadEnd) => void = () => {};
    this.#scans.set(serial, (end) => onGone(end));
    this.touch();
    const told: ToThread = { kind: 'scan', serial, order, port: port2 };
    this.#worker.postMessage(told, [port2]);
    return {
      port,
      onThreadGone: (gone) => {
        onGone = gone;
        if (this.#isEnded) gone({ why: null, isExplained: true });
      },
      close: () => {
        this.#scans.delete(serial);
        this.touch();
        port.close();
        if (this.isReserved) void this.end();
      },
    };
  }

  touch(): void {
    this.#lastUsed = performance.now();
  }

  /** Ends the thread when a record takes too long, or nobody has needed it for a while. */
  look(): void {
    if (this.isEnding) return;
    const now = performance.now();
    const { tested } = this.#state;
    if (tested && this.#isSeen(tested)) {
      void this.#judge(this.#seen!);
      return;
    }
    this.#seen = tested ? { ...tested, since: now, processorMs: this.#processorMs() } : null;
    if (this.#scans.size === 0 && now - this.#lastUsed > IDLE_MS) void this.end();
  }

  #isSeen({ serial, record }: { serial: number; record: number }): boolean {
    return this.#seen?.record === record && this.#seen.serial === serial;
  }

  /** Ends the thread when the record that was seen before has had more than its time. */
  async #judge(seen: Seen): Promise<void> {
    const inAll = performance.now() - seen.since;
    if (inAll < this.#budgetMs) return;
    const [before, after] = await Promise.all([seen.processorMs, this.#processorMs()]);
    const { tested } = this.#state;
    if (this.isEnding || !tested || !this.#isSeen(tested)) return;
    if (after - before < this.#budgetMs && inAll < MOST_WAITING * this.#budgetMs) return;
    this.#culprit = tested.serial;
    await this.end();
  }

  /** What the thread has used; 0 when it has ended meanwhile. */
  async #processorMs(): Promise<number> {
    const { user, system } = await this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    return (user + system) / 1000;
  }

  async end(): Promise<void> {
    this.isEnding = true;
    await this.#worker.terminate();
  }

  #endOf(serial: number): ThreadEnd {
    if (serial === this.#culprit) {
      const action = say('scan.tooLong.do');
      const message = say('scan.tooLong', { seconds: this.#budgetMs / 1000 });
      return { why: new Failure('invalid_request', message, { action }), isExplained: true };
    }
    if (this.isEnding) return { why: null, isExplained: true };
    // Out of memory, or a mistake of ours: trying again would only end the next thread.
    if (this.#scans.size > 1) return { why: null, isExplained: false };
    const action = say('scan.threadEnded.do');
    return { why: new Failure('internal', say('scan.threadEnded'), { action }), isExplained: true };
  }
}
