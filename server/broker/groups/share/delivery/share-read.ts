import {
  CONTROL_FLAG,
  iterateBatches,
  TRANSACTIONAL_FLAG,
} from '../../../../protocol/records/batch-header.ts';
import type { ReadResult } from '../../../replica/results.ts';
import type { ReadBatch } from './share-partition.ts';

/** A batch with the bytes it is made of. */
export interface BatchBytes extends ReadBatch {
  readonly bytes: Buffer;
}

/** The batches of what was read. Which of them an aborted transaction wrote is known to readers of committed records. */
export function batchesIn({ records, abortedTransactions }: ReadResult): BatchBytes[] {
  const waiting = [...(abortedTransactions ?? [])].sort((a, b) => a.firstOffset - b.firstOffset);
  const aborting = new Set<bigint>();
  const batches: BatchBytes[] = [];
  for (const buffer of records) {
    let position = 0;
    for (const header of iterateBatches(buffer)) {
      const bytes = buffer.subarray(position, position + header.sizeInBytes);
      position += header.sizeInBytes;
      const baseOffset = Number(header.baseOffset);
      const lastOffset = baseOffset + header.lastOffsetDelta;
      while (waiting[0] !== undefined && waiting[0].firstOffset <= lastOffset) {
        aborting.add(BigInt(waiting.shift()!.producerId));
      }
      const isControl = (header.attributes & CONTROL_FLAG) !== 0;
      const isTransactional = (header.attributes & TRANSACTIONAL_FLAG) !== 0;
      const isAborted = isTransactional && !isControl && aborting.has(header.producerId);
      // The marker ends the transaction: what the producer writes next is another one.
      if (isControl) aborting.delete(header.producerId);
      batches.push({ baseOffset, lastOffset, isAborted, bytes });
    }
  }
  return batches;
}
