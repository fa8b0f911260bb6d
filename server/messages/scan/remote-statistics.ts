import { Failure } from '../../../lib/contract/failure.ts';
import type { MessageEnd, MessageProgress } from '../../../lib/contract/messages.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { addUnevaluated, type Unevaluated } from '../filter/unevaluated.ts';
import { sizeOf } from '../offset-windows.ts';
import type { Statistics } from '../statistics/statistics.ts';
import type { TopicView } from '../topic-view.ts';
import type { MessageReport, ScanWish, StatisticsReport } from './order.ts';
import { MOST_THREADS, ScanLink } from './scan-link.ts';
import type { ScanPool } from './scan-pool.ts';
import { unpack } from './transfer.ts';

const NOTHING: Readonly<Unevaluated> = { count: 0, first: null };

/**
 * Statistics that are gathered in another thread. When the thread ends because of somebody else, they are gathered on in a new
 * one from where it has reported last: what it had not reported was not counted.
 */
export class RemoteStatistics {
  readonly #pool: ScanPool;
  readonly #topic: TopicView;
  readonly #into: Statistics;
  #wish: ScanWish;
  #progress: Unspoken<MessageProgress> | null = null;
  #unevaluated = NOTHING;
  /** What earlier threads have done of it. */
  #before = { scanned: 0, matched: 0, bytes: 0, unevaluated: NOTHING };
  #goOn: Readonly<Record<string, number>> = {};
  /** A thread ended without anybody knowing why: this scan may be it. */
  #isSuspect = false;
  /** How it ended, as the thread says. */
  end: Unspoken<MessageEnd> | null = null;

  /** @param into what is gathered goes there */
  constructor(pool: ScanPool, topic: TopicView, wish: ScanWish, into: Statistics) {
    this.#pool = pool;
    this.#topic = topic;
    this.#wish = wish;
    this.#into = into;
  }

  get topic(): string {
    return this.#topic.name;
  }

  get unevaluated(): Readonly<Unevaluated> {
    return addUnevaluated([this.#before.unevaluated, this.#unevaluated]);
  }

  /** Throws `cancelled` when the signal fires, `not_found` when the topic is deleted. */
  async gather(signal: AbortSignal): Promise<void> {
    for (let threads = 1; !(await this.#inOneThread(signal)); threads++) {
      if (threads === MOST_THREADS)
        throw new Failure('internal', say('scan.threadEnded'), { action: say('scan.threadEnded.do') });
      this.#goOnElsewhere();
    }
  }

  progress(): Pick<Unspoken<MessageProgress>, 'scanned' | 'matched' | 'bytes' | 'partitions' | 'problems'> {
    const { scanned, matched, bytes } = this.#before;
    const now = this.#progress;
    return {
      scanned: scanned + (now?.scanned ?? 0),
      matched: matched + (now?.matched ?? 0),
      bytes: bytes + (now?.bytes ?? 0),
      partitions: now?.partitions ?? this.#notBegun(),
      problems: now?.problems ?? [],
    };
  }

  /** True when it is through; false when the thread has ended before. */
  async #inOneThread(signal: AbortSignal): Promise<boolean> {
    const hear = (report: MessageReport | StatisticsReport) => {
      if (report.kind !== 'gathered') return;
      this.#take(report);
      link.tell({ kind: 'taken', count: 1, repeatLimit: this.#into.repeatLimit });
    };
    const link = new ScanLink(this.#pool, this.#topic, this.#wish, hear, { isSuspect: this.#isSuspect });
    try {
      for (;;) {
        if (signal.aborted) throw new Failure('cancelled', say('read.cancelled'));
        const { outcome } = link;
        if (outcome?.kind === 'thread-gone') {
          this.#isSuspect ||= outcome.isSuspect;
          return false;
        }
        if (outcome?.end) this.end = unpack(outcome.end);
        if (outcome?.kind === 'failed') throw outcome.failure;
        if (outcome) return true;
        await link.change(signal);
      }
    } finally {
      link.close();
    }
  }

  #take({ state, unevaluated, progress, goOn }: StatisticsReport): void {
    this.#into.merge(state);
    this.#unevaluated = unevaluated;
    this.#progress = unpack(progress);
    this.#goOn = goOn ?? {};
  }

  #goOnElsewhere(): void {
    const { scanned, matched, bytes } = this.progress();
    this.#before = { scanned, matched, bytes, unevaluated: this.unevaluated };
    this.#unevaluated = NOTHING;
    if (this.#progress) this.#progress = { ...this.#progress, scanned: 0, matched: 0, bytes: 0 };
    const partitions = this.#wish.plan.partitions.map((planned) => {
      const start = this.#goOn[planned.partition] ?? planned.start;
      return { ...planned, start, end: Math.max(start, planned.end) };
    });
    this.#wish = { ...this.#wish, plan: { ...this.#wish.plan, partitions } };
  }

  #notBegun(): MessageProgress['partitions'] {
    return this.#wish.plan.partitions.map((planned) => ({
      partition: planned.partition,
      position: planned.start,
      remaining: sizeOf(planned),
      logStartOffset: planned.range.logStartOffset,
      logEndOffset: planned.range.logEndOffset,
    }));
  }
}
