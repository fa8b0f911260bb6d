import type { BatchHeader } from '../protocol/records/batch-header.ts';
import { AbortedTransactions } from './aborted-transactions.ts';
import type { FetchedPartition } from './fetch-partitions.ts';
import type { TransactionState } from './scanned-record.ts';

/** Says how the transactions of batches ended, asked in the order of the log, as far as one Fetch tells. */
export class TransactionStates {
  readonly #aborted: AbortedTransactions | null;
  readonly #lastStableOffset: number;

  constructor({
    abortedTransactions,
    lastStableOffset = -1,
    isolation,
  }: Partial<Pick<FetchedPartition, 'abortedTransactions' | 'lastStableOffset' | 'isolation'>>) {
    // Told only to those who ask for committed records; beyond the last stable offset nothing is decided.
    this.#aborted = isolation === 'committed' ? new AbortedTransactions(abortedTransactions ?? []) : null;
    this.#lastStableOffset = lastStableOffset;
  }

  /**
   * Undefined outside of transactions, and where it is not known.
   *
   * @param readMarker reads what a control batch says, null where that is no end of a transaction; asked when it is needed
   */
  of(
    batch: BatchHeader,
    lastOffset: number,
    readMarker: () => 'aborted' | 'committed' | null,
  ): TransactionState | undefined {
    if (!batch.isTransactional) return undefined;
    const isAborted = this.#aborted?.has(batch.producerId, lastOffset) ?? false;
    if (batch.isControl) {
      const marker = readMarker();
      if (isAborted && marker === 'aborted') this.#aborted!.end(batch.producerId);
      return marker ?? undefined;
    }
    if (this.#aborted) return isAborted ? 'aborted' : 'committed';
    return lastOffset >= this.#lastStableOffset ? 'open' : undefined;
  }
}
