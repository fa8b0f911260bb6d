import { Failure } from '../../../lib/contract/failure.ts';
import type { MessageEnd, MessageProgress } from '../../../lib/contract/messages.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { asFailure, type MissingPart, problemOf } from '../../snapshot/read-problem.ts';
import { addUnevaluated, tellUnevaluated, type Unevaluated } from '../filter/unevaluated.ts';
import { sumUpProblems } from '../sum-up-problems.ts';
import type { MessageSource, ToldMessage } from '../topic-reading.ts';
import type { TopicView } from '../topic-view.ts';
import type { MessageReport, PackedMessage, ScanWish, StatisticsReport } from './order.ts';
import { MOST_THREADS, ScanLink } from './scan-link.ts';
import type { ScanPool } from './scan-pool.ts';
import { unpack } from './transfer.ts';

/** A reading that goes on in another thread. When the thread ends because of somebody else, it goes on in a new one. */
export class RemoteReading implements MessageSource {
  readonly #pool: ScanPool;
  readonly #topic: TopicView;
  readonly #begun = performance.now();
  #order: ScanWish;
  #queue: PackedMessage[] = [];
  #progress: Unspoken<MessageProgress>;
  #end: Unspoken<MessageEnd> | null = null;
  /** What earlier threads have done of it. */
  #before = { scanned: 0, matched: 0, bytes: 0, problems: [] as readonly MissingPart[] };
  /** A thread ended without anybody knowing why: this scan may be it. */
  #isSuspect = false;
  #goOn: Readonly<Record<string, number>> | null = null;
  #given = 0;
  #isLimited = false;
  /** No message that the thread has not told of is probably older, or newer where the newest come first. */
  #frontier: number;
  #unevaluated: Readonly<Unevaluated> = { count: 0, first: null };
  #unevaluatedBefore: Readonly<Unevaluated> = { count: 0, first: null };

  constructor(pool: ScanPool, topic: TopicView, order: ScanWish) {
    this.#pool = pool;
    this.#topic = topic;
    this.#order = order;
    this.#frontier = this.#isBackwards ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    this.#progress = this.#notBegun();
  }

  get matched(): number {
    return this.#before.matched + this.#progress.matched;
  }

  get timestamp(): number {
    const [next] = this.#queue;
    if (!next) return this.#frontier;
    return this.#isBackwards
      ? Math.max(next.timestamp, this.#frontier)
      : Math.min(next.timestamp, this.#frontier);
  }

  get unevaluated(): Readonly<Unevaluated> {
    return addUnevaluated([this.#unevaluatedBefore, this.#unevaluated]);
  }

  async *messages(signal: AbortSignal): AsyncGenerator<ToldMessage, void> {
    for (let threads = 1; !(yield* this.#inOneThread(signal)); threads++) {
      if (threads === MOST_THREADS)
        throw new Failure('internal', say('scan.threadEnded'), { action: say('scan.threadEnded.do') });
      this.#order = this.#rest();
      this.#isLimited = !this.#order.follow && this.#order.limit <= 0;
      if (this.#isLimited) return;
    }
  }

  progress(): Unspoken<MessageProgress> {
    const { scanned, matched, bytes } = this.#before;
    const progress = this.#progress;
    return {
      ...progress,
      scanned: scanned + progress.scanned,
      matched: matched + progress.matched,
      sent: this.#given,
      bytes: bytes + progress.bytes,
      elapsedMs: Math.round(performance.now() - this.#begun),
      ...this.#problems,
      ...tellUnevaluated(this.unevaluated),
    };
  }

  end(error: unknown): Unspoken<MessageEnd> {
    const { scanned, matched } = this.progress();
    const counts = { scanned, matched, sent: this.#given, ...tellUnevaluated(this.unevaluated) };
    const { problems: before } = this.#before;
    if (this.#end && error === undefined && this.#queue.length === 0)
      return { ...this.#end, ...counts, problems: sumUpProblems([...before, ...this.#end.problems]) };
    const failure = error === undefined ? null : asFailure(error);
    const isCancelled = failure === null || failure.code === 'cancelled';
    const goOn = this.#positions();
    const { problems = [] } = this.#problems;
    const why = isCancelled ? [] : [problemOf(say('part.topic', { topic: this.#topic.name }), failure)];
    return {
      type: 'end',
      reason: isCancelled ? (this.#isLimited ? 'limit' : 'cancelled') : 'failed',
      ...counts,
      nextFrom: this.#isBackwards ? {} : goOn,
      ...(this.#isBackwards ? { nextUntil: goOn } : {}),
      problems: [...why, ...problems],
    };
  }

  /** Those of earlier threads too. */
  get #problems(): { problems?: MissingPart[] } {
    const problems = sumUpProblems([...this.#before.problems, ...(this.#progress.problems ?? [])]);
    return problems.length > 0 ? { problems } : {};
  }

  /** True when it is through; false when the thread has ended before. */
  async *#inOneThread(signal: AbortSignal): AsyncGenerator<ToldMessage, boolean> {
    const hear = (report: MessageReport | StatisticsReport) => {
      if (report.kind === 'report') this.#take(report);
    };
    const link = new ScanLink(this.#pool, this.#topic, this.#order, hear, { isSuspect: this.#isSuspect });
    try {
      for (;;) {
        if (signal.aborted) throw new Failure('cancelled', say('read.cancelled'));
        const next = this.#queue.shift();
        if (next) {
          this.#given += 1;
          link.tell({ kind: 'taken', count: 1, bytes: next.bytes });
          yield { timestamp: next.timestamp, message: unpack(next.message) };
          continue;
        }
        const { outcome } = link;
        if (outcome?.kind === 'thread-gone') {
          this.#isSuspect ||= outcome.isSuspect;
          return false;
        }
        if (outcome?.end) this.#end = unpack(outcome.end);
        if (outcome?.kind === 'failed') throw outcome.failure;
        if (outcome) return true;
        await link.change(signal);
      }
    } finally {
      link.close();
    }
  }

  #take({ messages, timestamp, unevaluated, progress, goOn }: MessageReport): void {
    this.#queue.push(...messages);
    this.#frontier = timestamp;
    this.#unevaluated = unevaluated;
    this.#progress = unpack(progress);
    this.#goOn = goOn;
  }

  /** What is left to do, from where the thread that is gone has told last. */
  #rest(): ScanWish {
    const { scanned, matched, bytes } = this.#progress;
    this.#before = {
      scanned: this.#before.scanned + scanned,
      matched: this.#before.matched + matched,
      bytes: this.#before.bytes + bytes,
      problems: [...this.#before.problems, ...(this.#progress.problems ?? [])],
    };
    this.#unevaluatedBefore = this.unevaluated;
    this.#unevaluated = { count: 0, first: null };
    const goOn = this.#positions();
    const isBackwards = this.#isBackwards;
    const partitions = this.#order.plan.partitions.map((planned) => {
      const at = this.#goOn === null ? undefined : goOn[planned.partition];
      if (at === undefined) return planned;
      return isBackwards
        ? { ...planned, end: at }
        : { ...planned, start: at, end: Math.max(at, planned.end) };
    });
    const order: ScanWish = {
      ...this.#order,
      plan: { ...this.#order.plan, partitions },
      limit: this.#order.limit - matched,
    };
    this.#progress = { ...this.#progress, scanned: 0, matched: 0, bytes: 0, problems: [] };
    // The newest there were are behind it.
    const isAtNewest = order.positions.start.kind === 'latest' && order.follow && this.#goOn !== null;
    this.#goOn = null;
    return isAtNewest ? { ...order, positions: { ...order.positions, start: { kind: 'earliest' } } } : order;
  }

  /** By partition, where to go on with what was not given yet. */
  #positions(): Readonly<Record<string, number>> {
    const goOn = { ...(this.#goOn ?? this.#planned()) };
    for (const { message } of this.#queue) {
      const { partition, offset } = message as { partition: number; offset: number };
      const at = goOn[partition] ?? offset;
      goOn[partition] = this.#isBackwards ? Math.max(at, offset + 1) : Math.min(at, offset);
    }
    return goOn;
  }

  #planned(): Record<string, number> {
    return Object.fromEntries(
      this.#order.plan.partitions.map(({ partition, start, end }) => [
        partition,
        this.#isBackwards ? end : start,
      ]),
    );
  }

  get #isBackwards(): boolean {
    return this.#order.plan.order === 'newest' && !this.#order.follow;
  }

  #notBegun(): Unspoken<MessageProgress> {
    const { plan, follow } = this.#order;
    const isBackwards = this.#isBackwards;
    const partitions = plan.partitions.map(({ partition, start, end, range }) => ({
      partition,
      position: isBackwards ? end : start,
      remaining: follow ? null : end - start,
      logStartOffset: range.logStartOffset,
      logEndOffset: range.logEndOffset,
    }));
    const remaining = follow ? null : plan.partitions.reduce((sum, { start, end }) => sum + end - start, 0);
    return {
      type: 'progress',
      scanned: 0,
      matched: 0,
      sent: 0,
      bytes: 0,
      elapsedMs: 0,
      remaining,
      partitions,
    };
  }
}
