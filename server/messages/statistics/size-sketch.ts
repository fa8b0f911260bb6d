import type { MessageStatistics } from '../../../lib/contract/statistics.ts';

type ToldSizes = MessageStatistics['keySizes'];

/**
 * Percentiles are those of DDSketch (Masson, Rim, Lee: "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with
 * Relative-Error Guarantees", PVLDB 12, 2019): counts by the logarithm of the size. A size of a record has 31 bits, so there
 * are no more than 1,076 of them, and none has to be collapsed.
 */
const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);

/** Plain data, so that threads can hand it over. */
export interface SizeState {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** By ⌈log γ of the size⌉, where γ = 1.01 / 0.99; sizes of 0 are in none. */
  readonly counts: Map<number, number>;
  /** Sizes of 0, 1, 2–3, 4–7 … */
  readonly powers: number[];
}

/** How large keys, or values, are. */
export class SizeSketch {
  readonly state: SizeState = {
    count: 0,
    sum: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    counts: new Map(),
    powers: [],
  };

  /** Bytes, a whole number. */
  add(size: number): void {
    const { state } = this;
    state.count += 1;
    state.sum += size;
    state.min = Math.min(state.min, size);
    state.max = Math.max(state.max, size);
    const power = size === 0 ? 0 : 32 - Math.clz32(size);
    state.powers[power] = (state.powers[power] ?? 0) + 1;
    if (size === 0) return;
    const index = Math.ceil(Math.log(size) / LOG_GAMMA);
    state.counts.set(index, (state.counts.get(index) ?? 0) + 1);
  }

  merge(other: SizeState): void {
    const { state } = this;
    state.count += other.count;
    state.sum += other.sum;
    state.min = Math.min(state.min, other.min);
    state.max = Math.max(state.max, other.max);
    for (const [index, count] of other.counts)
      state.counts.set(index, (state.counts.get(index) ?? 0) + count);
    for (const [power, count] of other.powers.entries()) {
      if (count) state.powers[power] = (state.powers[power] ?? 0) + count;
    }
  }

  tell(): ToldSizes {
    const { count, sum, min, max } = this.state;
    const isEmpty = count === 0;
    return {
      count,
      bytes: sum,
      min: isEmpty ? null : min,
      max: isEmpty ? null : max,
      mean: isEmpty ? null : sum / count,
      p50: this.percentile(0.5),
      p90: this.percentile(0.9),
      p99: this.percentile(0.99),
      relativeError: RELATIVE_ERROR,
      powersOfTwo: this.#powersOfTwo(),
    };
  }

  /** The size that this share of all is no larger than, within the relative error; null where there are none. */
  percentile(share: number): number | null {
    const { count, counts, powers, min, max } = this.state;
    if (count === 0) return null;
    const rank = Math.floor(share * (count - 1));
    let seen = powers[0] ?? 0;
    if (rank < seen) return 0;
    for (const index of [...counts.keys()].sort((one, other) => one - other)) {
      seen += counts.get(index)!;
      // The place between γ^(index-1) and γ^index that is relatively as far from both.
      if (rank < seen) return Math.min(max, Math.max(min, (2 * GAMMA ** index) / (GAMMA + 1)));
    }
    return max;
  }

  #powersOfTwo(): ToldSizes['powersOfTwo'] {
    const { powers } = this.state;
    const first = powers.findIndex((count) => count > 0);
    if (first < 0) return [];
    return Array.from({ length: powers.length - first }, (_, step) => {
      const power = first + step;
      return {
        from: power === 0 ? 0 : 2 ** (power - 1),
        to: 2 ** power,
        count: powers[power] ?? 0,
      };
    });
  }
}
