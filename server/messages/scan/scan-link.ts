import type { Failure } from '../../../lib/contract/failure.ts';
import type { TopicView } from '../topic-view.ts';
import type { FromScan, MessageReport, ScanWish, StatisticsReport, Topology, ToScan } from './order.ts';
import type { ScanPool } from './scan-pool.ts';
import { unpackFailure } from './transfer.ts';

/** How often a scan hears of new leaders without having asked. */
const TOPOLOGY_EVERY_MS = 500;

/** A scan that has seen so many threads end has probably ended them. */
export const MOST_THREADS = 4;

type Ended = Extract<FromScan, { kind: 'end' }>;

/** How a scan came to its end: by itself, or with its thread, because of itself or of somebody else. */
export type Outcome =
  | { readonly kind: 'through'; readonly end: Ended['end'] }
  | { readonly kind: 'failed'; readonly end: Ended['end'] | null; readonly failure: Failure }
  /** `isSuspect`: nobody knows whose doing that was. */
  | { readonly kind: 'thread-gone'; readonly isSuspect: boolean };

/** The line to a scan in another thread: tells it who leads, and hears what it says. */
export class ScanLink {
  /** Null while it goes on. */
  outcome: Outcome | null = null;
  readonly #scan: ReturnType<ScanPool['begin']>;
  readonly #topic: TopicView;
  readonly #timer: NodeJS.Timeout;
  #topology: Topology;
  #change = Promise.withResolvers<void>();

  /**
   * @param hear is told what the scan reports, while it goes on
   * @param isSuspect it may take its thread along, so it has one of its own
   */
  constructor(
    pool: ScanPool,
    topic: TopicView,
    order: ScanWish,
    hear: (report: MessageReport | StatisticsReport) => void,
    { isSuspect = false }: { isSuspect?: boolean } = {},
  ) {
    this.#topic = topic;
    this.#topology = topologyOf(topic);
    this.#scan = pool.begin({ ...order, topology: this.#topology }, { isAlone: isSuspect });
    this.#scan.port.on('message', (told: FromScan) => {
      if (told.kind === 'look-again') void this.#lookAgain();
      else if (told.kind === 'end') this.#ended(told);
      else hear(told);
      this.#change.resolve();
    });
    this.#scan.onThreadGone(({ why: failure, isExplained }) => {
      if (failure) this.outcome ??= { kind: 'failed', end: null, failure };
      else this.outcome ??= { kind: 'thread-gone', isSuspect: !isExplained };
      this.#change.resolve();
    });
    this.#timer = setInterval(() => this.#tellTopology(), TOPOLOGY_EVERY_MS);
  }

  tell(told: ToScan): void {
    this.#scan.port.postMessage(told);
  }

  /** Until it has said something since the last time, or the signal fires. */
  async change(signal: AbortSignal): Promise<void> {
    const wake = () => this.#change.resolve();
    signal.addEventListener('abort', wake, { once: true });
    if (!signal.aborted) await this.#change.promise;
    signal.removeEventListener('abort', wake);
    this.#change = Promise.withResolvers();
  }

  /** Ends the scan, if it has not ended. */
  close(): void {
    clearInterval(this.#timer);
    this.#scan.close();
  }

  #ended({ end, failure }: Ended): void {
    this.outcome ??= failure
      ? { kind: 'failed', end, failure: unpackFailure(failure) }
      : { kind: 'through', end };
  }

  async #lookAgain(): Promise<void> {
    await this.#topic.lookAgain();
    this.#topology = topologyOf(this.#topic);
    this.tell({ kind: 'topology', topology: this.#topology });
  }

  #tellTopology(): void {
    const topology = topologyOf(this.#topic);
    if (JSON.stringify(topology) === JSON.stringify(this.#topology)) return;
    this.#topology = topology;
    this.tell({ kind: 'topology', topology });
  }
}

function topologyOf(topic: TopicView): Topology {
  return { leaders: topic.partitions.map((partition) => topic.leaderOf(partition)), exists: topic.exists };
}
