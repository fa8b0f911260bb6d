/** A transaction that was aborted, as a Fetch of version 4 on tells it (KIP-98). */
export interface AbortedTransaction {
  readonly producerId: bigint;
  /** The offset of its first record. */
  readonly firstOffset: number;
}

/**
 * Tells which batches belong to aborted transactions, asked in the order of the log: a producer's batches do from the
 * transaction's first offset until its ABORT marker (as the Java consumer's CompletedFetch does).
 */
export class AbortedTransactions {
  readonly #toCome: AbortedTransaction[];
  readonly #producers = new Set<bigint>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#toCome = [...aborted].sort((one, other) => one.firstOffset - other.firstOffset);
  }

  has(producerId: bigint, lastOffset: number): boolean {
    while (this.#toCome.length > 0 && this.#toCome[0]!.firstOffset <= lastOffset) {
      this.#producers.add(this.#toCome.shift()!.producerId);
    }
    return this.#producers.has(producerId);
  }

  /** The transaction ends here. */
  end(producerId: bigint): void {
    this.#producers.delete(producerId);
  }
}
