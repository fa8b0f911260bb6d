import type { Failure } from '../../../lib/contract/failure.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import type { StatisticsEnd, StatisticsProgress } from '../../../lib/contract/statistics.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { asFailure, type MissingPart, problemOf } from '../../snapshot/read-problem.ts';
import { addUnevaluated, tellUnevaluated, type Unevaluated } from '../filter/unevaluated.ts';
import { sumOf } from '../sum-of.ts';
import { sumUpProblems } from '../sum-up-problems.ts';
import type { Statistics } from './statistics.ts';

/** One of those who gather, in whichever thread. */
export interface StatisticsSource {
  readonly topic: string;
  readonly unevaluated: Readonly<Unevaluated>;
  /** How it ended; null before that, and where it was kept from it. */
  readonly end: { readonly reason: string; readonly problems: readonly MissingPart[] } | null;
  gather(signal: AbortSignal): Promise<void>;
  progress(): {
    readonly scanned: number;
    readonly matched: number;
    readonly bytes: number;
    readonly partitions: Unspoken<StatisticsProgress>['partitions'];
    readonly problems?: MissingPart[] | undefined;
  };
}

export interface GatheringOptions {
  readonly sources: readonly StatisticsSource[];
  /** What they gather into. */
  readonly statistics: Statistics;
  /** Offsets that were asked for. */
  readonly offsets: number;
  /** Into how many windows a sample is divided; null: all is looked at. */
  readonly windows: number | null;
  /** Of some partitions it is not known what is in them. */
  readonly isMissingPartitions: boolean;
  /** Of the timeline, at most. */
  readonly buckets: number;
}

/** Statistics while they are gathered by several, of several topics. */
export class Gathering {
  readonly #options: GatheringOptions;
  readonly #begun = performance.now();
  readonly #failures = new Map<StatisticsSource, Failure>();
  /** Offsets that are looked at when all goes well. */
  readonly #planned: number;
  #isOver = false;

  constructor(options: GatheringOptions) {
    this.#options = options;
    this.#planned = this.#remaining;
  }

  /** Until all have ended. Rejects with what is wrong with the request, and with `cancelled`. */
  async gather(signal: AbortSignal): Promise<void> {
    const { sources } = this.#options;
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    let refused: Failure | null = null;
    await Promise.all(
      sources.map((source) =>
        source.gather(both).catch((error: unknown) => {
          const failure = asFailure(error);
          if (!stop.signal.aborted) this.#failures.set(source, failure);
          if (failure.code !== 'invalid_request') return;
          refused ??= failure;
          stop.abort();
        }),
      ),
    );
    this.#isOver = true;
    if (refused) throw refused;
    const [why] = this.#failures.values();
    if (why && (signal.aborted || this.#failures.size === sources.length)) throw why;
  }

  progress(): Unspoken<StatisticsProgress> {
    const all = this.#options.sources.map((source) => ({ topic: source.topic, ...source.progress() }));
    const problems = sumUpProblems(all.flatMap((one) => one.problems ?? []));
    return {
      type: 'progress',
      scanned: sumOf(all, ({ scanned }) => scanned),
      matched: sumOf(all, ({ matched }) => matched),
      bytes: sumOf(all, ({ bytes }) => bytes),
      elapsedMs: Math.round(performance.now() - this.#begun),
      remaining: this.#remaining,
      partitions: all.flatMap(({ topic, partitions }) =>
        partitions.map((partition) => ({ topic, ...partition })),
      ),
      ...this.#unevaluated,
      ...(problems.length > 0 ? { problems } : {}),
      statistics: this.#tell(),
    };
  }

  /** @param error what `gather` has rejected with */
  end(error: unknown): Unspoken<StatisticsEnd> {
    const failure = error === undefined ? null : asFailure(error);
    const { scanned, matched, statistics } = this.progress();
    return {
      type: 'end',
      reason: this.#reason(failure),
      scanned,
      matched,
      ...this.#unevaluated,
      statistics,
      problems: this.#problems(),
    };
  }

  #tell() {
    const { statistics, offsets, windows, buckets } = this.#options;
    const offsetsLookedAt = this.#planned - this.#remaining;
    return statistics.tell({
      partial: !this.#isOver || this.#remaining > 0 || this.#failures.size > 0,
      coverage: {
        isWhole: this.#isWhole,
        offsets,
        offsetsLookedAt,
        windows: windows ?? 0,
        estimatedMatched:
          offsetsLookedAt > 0
            ? Math.round((statistics.matched * offsets) / offsetsLookedAt)
            : offsets === 0
              ? 0
              : null,
      },
      mostBuckets: buckets,
      // So many offsets each one of the sample stands for, also before all of it was looked at.
      weight: windows === null || this.#planned === 0 ? 1 : offsets / this.#planned,
    });
  }

  get #isWhole(): boolean {
    const { windows, isMissingPartitions } = this.#options;
    return windows === null && !isMissingPartitions && this.#isOver && this.#remaining === 0;
  }

  get #remaining(): number {
    return sumOf(this.#options.sources, (source) =>
      sumOf(source.progress().partitions, ({ remaining }) => remaining ?? 0),
    );
  }

  get #unevaluated() {
    return tellUnevaluated(addUnevaluated(this.#options.sources.map(({ unevaluated }) => unevaluated)));
  }

  #reason(failure: Failure | null): StatisticsEnd['reason'] {
    if (failure) return failure.code === 'cancelled' ? 'cancelled' : 'failed';
    const ends = this.#options.sources.map(({ end }) => end?.reason);
    if (ends.length > 0 && ends.every((reason) => reason !== 'end-of-log')) return 'failed';
    return this.#options.windows === null ? 'end-of-log' : 'sample';
  }

  #problems(): MissingPart[] {
    return sumUpProblems(
      this.#options.sources.flatMap((source) => {
        const failure = this.#failures.get(source);
        if (failure?.code === 'cancelled') return [];
        if (!failure) return source.end?.problems ?? source.progress().problems ?? [];
        return [problemOf(say('part.topic', { topic: source.topic }), failure)];
      }),
    );
  }
}
