import { Failure } from '../../../lib/contract/failure.ts';
import type { Message, MessageEnd, MessageLine, MessageProgress } from '../../../lib/contract/messages.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';
import { formatAddress } from '../message-address.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import type { Reading } from '../search/reading.ts';
import { type Edge, Frontier, type Side, type Unread } from './frontier.ts';

export type FeedState = 'idle' | 'connecting' | 'reading' | 'paused' | 'ended' | 'stopped' | 'failed';

/** What was done in all, over the readings that went on from one another. */
export interface FeedTotals {
  scanned: number;
  matched: number;
  /** Sent by brokers. */
  bytes: number;
  elapsedMs: number;
}

/** What a page shows of a stream; a new object each time something changed. */
export interface FeedSnapshot {
  state: FeedState;
  /** In order of arrival. */
  messages: readonly Message[];
  /** Arrived while paused, not yet among `messages`. */
  waiting: number;
  /** As many are waiting as may: the stream is held back until it is resumed. */
  isHeldBack: boolean;
  /** Messages that had to go so that the newest fit. */
  dropped: number;
  progress: MessageProgress | null;
  totals: FeedTotals;
  /** What lies beyond what was read; null while nothing is known of the logs. */
  unread: Unread | null;
  end: MessageEnd | null;
  failure: Failure | null;
}

export interface FeedLimits {
  /** Messages kept; older ones go. */
  capacity: number;
  /** Messages that may wait during a pause before reading stops. */
  waitingCapacity: number;
  /** Milliseconds between two renderings, however fast messages arrive. */
  publishEvery: number;
}

export interface FeedStart {
  /** Which way the stream reads the logs. */
  direction?: NonNullable<Reading['order']>;
  /** Adds to the messages there are; one that is there already is left out. */
  keep?: boolean;
}

type OpenStream = (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

const NOTHING: FeedTotals = { scanned: 0, matched: 0, bytes: 0, elapsedMs: 0 };

const EMPTY: FeedSnapshot = {
  state: 'idle',
  messages: [],
  waiting: 0,
  isHeldBack: false,
  dropped: 0,
  progress: null,
  totals: NOTHING,
  unread: null,
  end: null,
  failure: null,
};

const DEFAULT_LIMITS: FeedLimits = { capacity: 10_000, waitingCapacity: 1_000, publishEvery: 100 };

/**
 * Reads one stream of messages at a time into a bounded buffer and tells its subscribers, a few times a second at
 * most. A store for `useSyncExternalStore`; knows nothing of React.
 */
export class MessageFeed {
  private readonly limits: FeedLimits;
  private readonly listeners = new Set<() => void>();
  private snapshot = EMPTY;
  private messages: Message[] = [];
  private waiting: Message[] = [];
  private state: FeedState = 'idle';
  /** Whether `messages` differs from what was published last. */
  private isChanged = false;
  private dropped = 0;
  private readonly frontier = new Frontier();
  /** Addresses of the messages that a reading which goes on found there. */
  private known: ReadonlySet<string> | null = null;
  private progress: MessageProgress | null = null;
  /** Of the readings before this one. */
  private earlier = NOTHING;
  private totals = NOTHING;
  private end: MessageEnd | null = null;
  private failure: Failure | null = null;
  private controller: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private release: (() => void) | null = null;

  constructor(limits: Partial<FeedLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): FeedSnapshot => this.snapshot;

  /** Ends what is being read and reads `open`'s stream. */
  start(open: OpenStream, { direction = 'oldest', keep = false }: FeedStart = {}): void {
    this.abort();
    if (keep) this.admitWaiting();
    else this.forget();
    this.known = keep ? new Set(this.messages.map(formatAddress)) : null;
    this.earlier = keep ? this.totals : NOTHING;
    this.frontier.begin(direction, keep);
    this.waiting = [];
    this.progress = null;
    this.end = null;
    this.failure = null;
    this.state = 'connecting';
    const controller = new AbortController();
    this.controller = controller;
    this.publish();
    void this.read(open, controller.signal);
  }

  /** Where reading would go on, either way; empty while nothing is known. */
  edgesOf(side: Side): Edge[] {
    return this.frontier.edgesOf(side);
  }

  /** Ends reading; what has arrived stays, what waited is shown. */
  stop(): void {
    if (!this.isOpen()) return;
    this.abort();
    this.admitWaiting();
    this.state = 'stopped';
    this.publish();
  }

  /** Goes on counting what arrives without showing it, until so many wait that the stream is held back. */
  pause(): void {
    if (this.state !== 'reading' && this.state !== 'connecting') return;
    this.state = 'paused';
    this.publish();
  }

  /** Shows what waited and goes on. */
  resume(): void {
    if (this.state !== 'paused') return;
    this.state = 'reading';
    this.admitWaiting();
    this.release?.();
    this.release = null;
    this.publish();
  }

  /** Forgets everything and leaves the stream. */
  reset(): void {
    this.abort();
    this.forget();
    this.waiting = [];
    this.frontier.begin('oldest', false);
    this.progress = null;
    this.end = null;
    this.failure = null;
    this.state = 'idle';
    this.publish();
  }

  private forget(): void {
    this.messages = [];
    this.isChanged = true;
    this.dropped = 0;
    this.totals = NOTHING;
    this.earlier = NOTHING;
  }

  private async read(open: OpenStream, signal: AbortSignal): Promise<void> {
    try {
      const stream = await open(signal);
      if (signal.aborted) {
        await stream.cancel().catch(() => undefined);
        return;
      }
      if (this.state === 'connecting') this.state = 'reading';
      this.publish();
      for await (const line of ndjsonLines(stream)) {
        if (signal.aborted) return;
        this.take(JSON.parse(line) as MessageLine);
        if (this.isHeldBack()) await this.untilReleased(signal);
        if (signal.aborted) return;
      }
      this.finish(this.end === null ? 'failed' : 'ended', this.end === null ? cutShort() : null);
    } catch (error) {
      if (signal.aborted) return;
      this.finish('failed', error instanceof Failure ? error : cutShort(error));
    }
  }

  private take(line: MessageLine): void {
    this.frontier.take(line);
    if (line.type === 'message') {
      if (this.known?.has(formatAddress(line))) return;
      if (this.state === 'paused') this.waiting.push(line);
      else {
        this.messages.push(line);
        this.isChanged = true;
        this.dropOldest();
      }
    } else if (line.type === 'progress') {
      this.progress = line;
      this.add(line.scanned, line.matched, line.bytes, line.elapsedMs);
    } else {
      this.end = line;
      // A stream that broke on the server ends with a line that knows of nothing before it.
      const { scanned = 0, matched = 0, bytes = 0, elapsedMs = 0 } = this.progress ?? {};
      this.add(Math.max(scanned, line.scanned), Math.max(matched, line.matched), bytes, elapsedMs);
    }
    this.publishSoon();
  }

  private add(scanned: number, matched: number, bytes: number, elapsedMs: number): void {
    const { earlier } = this;
    this.totals = {
      scanned: earlier.scanned + scanned,
      matched: earlier.matched + matched,
      bytes: earlier.bytes + bytes,
      elapsedMs: earlier.elapsedMs + elapsedMs,
    };
  }

  private finish(state: FeedState, failure: Failure | null): void {
    this.admitWaiting();
    this.state = state;
    this.failure = failure;
    this.controller = null;
    this.publish();
  }

  private admitWaiting(): void {
    if (this.waiting.length === 0) return;
    this.messages = this.messages.concat(this.waiting);
    this.waiting = [];
    this.isChanged = true;
    this.dropOldest(0);
  }

  /** A tenth more than the capacity may stand before the oldest go, so that not every message moves all others. */
  private dropOldest(slack = this.limits.capacity / 10): void {
    const excess = this.messages.length - this.limits.capacity;
    if (excess <= slack) return;
    this.messages = this.messages.slice(excess);
    this.dropped += excess;
  }

  private isHeldBack(): boolean {
    return this.state === 'paused' && this.waiting.length >= this.limits.waitingCapacity;
  }

  private untilReleased(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.release = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  private isOpen(): boolean {
    return this.state === 'connecting' || this.state === 'reading' || this.state === 'paused';
  }

  private abort(): void {
    this.controller?.abort();
    this.controller = null;
    this.release = null;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private publishSoon(): void {
    this.timer ??= setTimeout(() => this.publish(), this.limits.publishEvery);
  }

  private publish(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.snapshot = {
      state: this.state,
      messages: this.isChanged ? this.messages.slice() : this.snapshot.messages,
      waiting: this.waiting.length,
      isHeldBack: this.isHeldBack(),
      dropped: this.dropped,
      progress: this.progress,
      totals: this.totals,
      unread: this.progress && this.frontier.unread(this.progress),
      end: this.end,
      failure: this.failure,
    };
    this.isChanged = false;
    for (const listener of this.listeners) listener();
  }
}

function cutShort(cause?: unknown): Failure {
  return new Failure('unavailable', onPage('brokeOff'), {
    action: onPage('brokeOff.do'),
    cause,
  });
}
