import { type BatchHeader, readBatchHeader } from '../../protocol/records/batch-header.ts';
import { hasProducer, lastOffsetAt } from './batch-walk.ts';
import type { FileStore } from './file-store.ts';
import type { EndedTransaction } from './open-transactions.ts';
import type { ProducedBatch } from './producer-checks.ts';
import { ProducerState } from './producer-state.ts';
import type { SegmentList } from './segment-list.ts';
import { SnapshotFiles } from './snapshot-files.ts';
import { readMarker } from './transaction-marker.ts';

/**
 * What was known of a log's producers at any of its offsets: from the last snapshot before it and the batches since. There
 * is a snapshot where each segment begins and where the log was closed, so that at most one segment is read for it.
 */
export class ProducerHistory {
  readonly #snapshots: SnapshotFiles;
  readonly #segments: SegmentList;

  constructor(store: FileStore, directory: string, segments: SegmentList) {
    this.#snapshots = new SnapshotFiles(store, directory);
    this.#segments = segments;
  }

  /** What follows from the records before `offset`. */
  at(offset: number): ProducerState {
    const producers = new ProducerState();
    const from = this.#snapshots.loadInto(producers, offset) ?? this.#segments.first.baseOffset;
    if (from >= offset) return producers;
    for (const segment of this.#segments.from(from)) {
      if (segment.baseOffset >= offset) break;
      segment.forEachBatchFrom(from, (batches, at) => {
        if (lastOffsetAt(batches, at) >= offset) return false;
        recordBatch(producers, batches, at);
        return true;
      });
    }
    return producers;
  }

  /** Notes what is known at `offset`; only what a segment begins with is kept beside it. */
  note(producers: ProducerState, offset: number): void {
    this.#snapshots.write(producers, offset);
    this.#snapshots.keep((other) => other === offset || this.#segments.hasBase(other));
  }

  /** The log ends at `offset` now. */
  forgetBeyond(offset: number): void {
    this.#snapshots.keep((other) => other <= offset);
  }

  /** No segment begins at `offset` any more. */
  forgetAt(offset: number): void {
    this.#snapshots.remove(offset);
  }
}

/** Takes a batch that is in the log into account. Returns the transaction that it ends, null when it ends none. */
export function recordBatch(producers: ProducerState, batches: Buffer, at: number): EndedTransaction | null {
  if (!hasProducer(batches, at)) return null;
  const header = readBatchHeader(batches, at);
  if (header.isControl) {
    const marker = readMarker(batches, header);
    return marker === null ? null : producers.recordMarker(marker);
  }
  producers.record(producedBatch(header));
  return null;
}

/** The part of a batch's header that idempotence looks at. */
export function producedBatch(header: BatchHeader): ProducedBatch {
  return {
    producerId: Number(header.producerId),
    producerEpoch: header.producerEpoch,
    baseSequence: header.baseSequence,
    lastOffsetDelta: header.lastOffsetDelta,
    baseOffset: header.baseOffset,
    maxTimestamp: header.maxTimestamp,
    isTransactional: header.isTransactional,
  };
}
