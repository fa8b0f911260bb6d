import { shortCopy } from './short-copy.ts';

/** Longer labels are cut: what is counted is told apart by its hash. */
const LONGEST_LABEL = 200;

export interface TopEntry {
  readonly hash: number;
  readonly label: string;
  readonly isTruncated: boolean;
  /** Never too low. */
  readonly count: number;
  /** By how much it may be too high. */
  readonly error: number;
}

/** Plain data, so that threads can hand it over. */
export type TopState = readonly TopEntry[];

type Counter = { -readonly [Name in keyof TopEntry]: TopEntry[Name] } & { at: number };

/**
 * The most frequent ones among many, by Space-Saving (Metwally, Agrawal, El Abbadi: "Efficient Computation of Frequent and
 * Top-k Elements in Data Streams", ICDT 2005): so many counters, and one that is new takes over the smallest. Of n counted, no
 * count is too high by more than n / capacity, also after merging (Agarwal et al.: "Mergeable Summaries", PODS 2012); while
 * there are no more than counters, all are exact.
 */
export class TopCounts {
  readonly #capacity: number;
  readonly #byHash = new Map<number, Counter>();
  /** A heap with the smallest count first. */
  readonly #heap: Counter[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** @param label asked only when it is not known yet, or not any more */
  add(hash: number, label: () => string): void {
    const known = this.#byHash.get(hash);
    if (known) {
      known.count += 1;
      this.#sink(known);
      return;
    }
    if (this.#heap.length < this.#capacity) {
      const at = this.#heap.length;
      const counter: Counter = { hash, ...labelled(label()), count: 1, error: 0, at };
      this.#byHash.set(hash, counter);
      this.#heap.push(counter);
      this.#rise(counter);
      return;
    }
    const smallest = this.#heap[0]!;
    this.#byHash.delete(smallest.hash);
    this.#byHash.set(hash, smallest);
    Object.assign(smallest, { hash, ...labelled(label()), error: smallest.count });
    smallest.count += 1;
    this.#sink(smallest);
  }

  merge(other: TopState): void {
    const [least, leastOfOther] = [this.#least, leastOf(other, this.#capacity)];
    const merged = new Map<number, TopEntry>();
    for (const { at: _, ...mine } of this.#heap) {
      const [count, error] = [mine.count + leastOfOther, mine.error + leastOfOther];
      merged.set(mine.hash, { ...mine, count, error });
    }
    for (const theirs of other) {
      const mine = this.#byHash.get(theirs.hash);
      const before = mine ?? { count: least, error: least };
      merged.set(theirs.hash, {
        ...theirs,
        count: theirs.count + before.count,
        error: theirs.error + before.error,
      });
    }
    this.#replace([...merged.values()]);
  }

  get state(): TopState {
    return this.#heap.map(({ at: _, ...entry }) => entry);
  }

  /** The most frequent ones, most frequent first. */
  top(most: number): TopEntry[] {
    return this.state.toSorted(byCount).slice(0, most);
  }

  /** What one without a counter may have been counted. */
  get #least(): number {
    return leastOf(this.#heap, this.#capacity);
  }

  #replace(entries: readonly TopEntry[]): void {
    const kept = entries.toSorted(byCount).slice(0, this.#capacity).reverse();
    this.#byHash.clear();
    this.#heap.length = 0;
    // From small to large is a heap.
    for (const [at, entry] of kept.entries()) {
      const counter = { ...entry, at };
      this.#heap.push(counter);
      this.#byHash.set(entry.hash, counter);
    }
  }

  #sink(counter: Counter): void {
    const heap = this.#heap;
    for (;;) {
      const left = heap[2 * counter.at + 1];
      const right = heap[2 * counter.at + 2];
      const smaller = right && right.count < left!.count ? right : left;
      if (!smaller || smaller.count >= counter.count) return;
      this.#swap(counter, smaller);
    }
  }

  #rise(counter: Counter): void {
    while (counter.at > 0) {
      const above = this.#heap[(counter.at - 1) >> 1]!;
      if (above.count <= counter.count) return;
      this.#swap(above, counter);
    }
  }

  #swap(one: Counter, other: Counter): void {
    const at = one.at;
    one.at = other.at;
    other.at = at;
    this.#heap[one.at] = one;
    this.#heap[other.at] = other;
  }
}

function leastOf(entries: readonly { count: number }[], capacity: number): number {
  if (entries.length < capacity) return 0;
  return entries.reduce((least, { count }) => Math.min(least, count), Number.POSITIVE_INFINITY);
}

function byCount(one: TopEntry, other: TopEntry): number {
  return other.count - one.count || one.hash - other.hash;
}

function labelled(text: string): { label: string; isTruncated: boolean } {
  return { label: shortCopy(text, LONGEST_LABEL), isTruncated: text.length > LONGEST_LABEL };
}
