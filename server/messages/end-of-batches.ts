import { ProtocolError } from '../protocol/protocol-error.ts';
import { extentAt } from './batch-extent.ts';

/**
 * The offset after the last whole batch or old message in what a Fetch from `from` on gave, by headers alone; `from` where
 * there is none. Bytes that are no batches end it: whoever reads them will say so.
 *
 * @param logEndOffset where the log ended when the broker answered
 */
export function endOfBatches(records: Buffer, from: number, logEndOffset?: number): number {
  let end = from;
  try {
    for (let at = extentAt(records, 0, logEndOffset); at; ) {
      end = Math.max(end, at.lastOffset + 1);
      at = extentAt(records, at.position + at.sizeInBytes, logEndOffset);
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
  return end;
}
