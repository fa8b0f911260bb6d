/** A transaction of a partition that has come to its end: its marker is in the log. */
export interface EndedTransaction {
  readonly producerId: number;
  /** Of its first record in this partition. */
  readonly firstOffset: number;
  /** Of its marker. */
  readonly lastOffset: number;
  readonly aborted: boolean;
  /** What was stable once the marker was written, had it been replicated at once. */
  readonly lastStableOffset: number;
}

/**
 * The transactions that keep a partition's last stable offset back: those without a marker, and those whose marker is
 * still above the high watermark (ProducerStateManager's ongoing and unreplicated transactions).
 */
export class OpenTransactions {
  /** First offset by producer id, ascending: each begins at what was the log's end then. */
  readonly #undecided = new Map<number, number>();
  /** By the offsets of their markers, ascending. */
  #unreplicated: EndedTransaction[] = [];

  begin(producerId: number, firstOffset: number): void {
    this.#undecided.set(producerId, firstOffset);
  }

  end(producerId: number, lastOffset: number, aborted: boolean): EndedTransaction | null {
    const firstOffset = this.#undecided.get(producerId);
    if (firstOffset === undefined) return null;
    this.#undecided.delete(producerId);
    const lastStableOffset = this.#firstUndecided() ?? lastOffset + 1;
    const ended = { producerId, firstOffset, lastOffset, aborted, lastStableOffset };
    this.#unreplicated.push(ended);
    return ended;
  }

  /** The first offset that is not decided for every replica, Infinity when there is none. */
  firstUnstableOffset(highWatermark: number): number {
    if (this.#unreplicated.length > 0 && this.#unreplicated[0]!.lastOffset < highWatermark) {
      this.#unreplicated = this.#unreplicated.filter(({ lastOffset }) => lastOffset >= highWatermark);
    }
    let first = this.#firstUndecided() ?? Number.POSITIVE_INFINITY;
    for (const { firstOffset } of this.#unreplicated) first = Math.min(first, firstOffset);
    return first;
  }

  #firstUndecided(): number | undefined {
    return this.#undecided.values().next().value;
  }
}
