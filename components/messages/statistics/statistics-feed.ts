import { Failure } from '../../../lib/contract/failure.ts';
import type {
  MessageStatistics,
  StatisticsEnd,
  StatisticsLine,
  StatisticsProgress,
} from '../../../lib/contract/statistics.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';
import { ndjsonLines } from '../ndjson-lines.ts';

/** What a page shows of statistics; a new object each time something changed. */
export interface StatisticsSnapshot {
  state: 'idle' | 'connecting' | 'gathering' | 'ended' | 'stopped' | 'failed';
  /** The newest figures; they stay when gathering is stopped or breaks off. */
  statistics: MessageStatistics | null;
  progress: StatisticsProgress | null;
  end: StatisticsEnd | null;
  failure: Failure | null;
}

type OpenStream = (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

const NOTHING: StatisticsSnapshot = {
  state: 'idle',
  statistics: null,
  progress: null,
  end: null,
  failure: null,
};

/** Reads one stream of statistics at a time. A store for `useSyncExternalStore`; knows nothing of React. */
export class StatisticsFeed {
  private readonly listeners = new Set<() => void>();
  private snapshot = NOTHING;
  private controller: AbortController | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): StatisticsSnapshot => this.snapshot;

  /** Ends what is being gathered and begins anew, with nothing. */
  start(open: OpenStream): void {
    this.abort();
    const controller = new AbortController();
    this.controller = controller;
    this.publish({ ...NOTHING, state: 'connecting' });
    void this.read(open, controller.signal);
  }

  /** Ends gathering; the figures so far stay. */
  stop(): void {
    if (!this.controller) return;
    this.abort();
    this.publish({ state: 'stopped' });
  }

  /** Forgets everything and leaves the stream. */
  reset(): void {
    this.abort();
    this.publish(NOTHING);
  }

  private async read(open: OpenStream, signal: AbortSignal): Promise<void> {
    try {
      const stream = await open(signal);
      if (signal.aborted) {
        await stream.cancel().catch(() => undefined);
        return;
      }
      for await (const line of ndjsonLines(stream)) {
        if (signal.aborted) return;
        this.take(JSON.parse(line) as StatisticsLine);
      }
      if (signal.aborted) return;
      this.controller = null;
      if (this.snapshot.end) this.publish({ state: 'ended' });
      else this.publish({ state: 'failed', failure: cutShort() });
    } catch (error) {
      if (signal.aborted) return;
      this.controller = null;
      this.publish({ state: 'failed', failure: error instanceof Failure ? error : cutShort(error) });
    }
  }

  private take(line: StatisticsLine): void {
    if (line.type === 'progress') {
      this.publish({ state: 'gathering', progress: line, statistics: line.statistics });
    } else {
      this.publish({ end: line, statistics: line.statistics ?? this.snapshot.statistics });
    }
  }

  private abort(): void {
    this.controller?.abort();
    this.controller = null;
  }

  private publish(change: Partial<StatisticsSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }
}

function cutShort(cause?: unknown): Failure {
  return new Failure('unavailable', onPage('brokeOff'), { action: onPage('brokeOff.do'), cause });
}
