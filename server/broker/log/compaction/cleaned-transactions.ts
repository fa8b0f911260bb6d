import type { BatchHeader } from '../../../protocol/records/batch-header.ts';
import type { EndedTransaction } from '../open-transactions.ts';
import { readMarker } from '../transaction-marker.ts';

interface OpenAborted {
  readonly transaction: EndedTransaction;
  /** Some of its batches were passed, so its marker has to stay. */
  hasBatches: boolean;
}

/**
 * Which transactions are decided how, while compaction walks through a log from its start (Kafka's
 * CleanedTransactionMetadata). Aborted batches can go at once; a marker only when nothing of its transaction is left.
 */
export class CleanedTransactions {
  /** Not come to yet, by first offset. */
  readonly #aborted: EndedTransaction[];
  #next = 0;
  readonly #openAborted = new Map<number, OpenAborted>();
  readonly #committed = new Set<number>();

  constructor(aborted: readonly EndedTransaction[]) {
    this.#aborted = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** Passes a batch of records. True when it belongs to an aborted transaction. */
  passBatch(header: BatchHeader): boolean {
    this.#comeTo(header.baseOffset + header.lastOffsetDelta);
    if (!header.isTransactional) return false;
    const producerId = Number(header.producerId);
    const aborted = this.#openAborted.get(producerId);
    if (aborted === undefined) {
      this.#committed.add(producerId);
      return false;
    }
    aborted.hasBatches = true;
    return true;
  }

  /**
   * Passes a control batch. `isDone`: nothing is left of what it decided. `aborted`: the transaction that has to stay
   * in the index of aborted ones.
   */
  passMarker(
    batches: Buffer,
    header: BatchHeader,
  ): { readonly isDone: boolean; readonly aborted: EndedTransaction | null } {
    this.#comeTo(header.baseOffset + header.lastOffsetDelta);
    if (header.recordCount === 0) return { isDone: true, aborted: null };
    const marker = readMarker(batches, header);
    if (marker === null) return { isDone: false, aborted: null };
    if (marker.commits) return { isDone: !this.#committed.delete(marker.producerId), aborted: null };
    const open = this.#openAborted.get(marker.producerId);
    this.#openAborted.delete(marker.producerId);
    if (!open?.hasBatches) return { isDone: true, aborted: null };
    return { isDone: false, aborted: open.transaction };
  }

  #comeTo(offset: number): void {
    for (; this.#next < this.#aborted.length; this.#next++) {
      const transaction = this.#aborted[this.#next]!;
      if (transaction.firstOffset > offset) return;
      if (!this.#openAborted.has(transaction.producerId)) {
        this.#openAborted.set(transaction.producerId, { transaction, hasBatches: false });
      }
    }
  }
}
