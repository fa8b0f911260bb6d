import { ProtocolError } from '../protocol/protocol-error.ts';
import { isWhole, LOG_OVERHEAD_BYTES, magicAt, readBatchHeader } from '../protocol/records/batch-header.ts';

/**
 * The offset after the last whole batch or old message in what a Fetch from `from` on gave, by headers alone; `from` where
 * there is none. Bytes that are no batches end it: whoever reads them will say so.
 */
export function endOfBatches(records: Buffer, from: number): number {
  let end = from;
  try {
    for (let position = 0; isWhole(records, position); ) {
      if (magicAt(records, position) < 2) {
        end = Math.max(end, Number(records.readBigInt64BE(position)) + 1);
        position += LOG_OVERHEAD_BYTES + records.readInt32BE(position + 8);
        continue;
      }
      const { baseOffset, lastOffsetDelta, sizeInBytes } = readBatchHeader(records, position);
      end = Math.max(end, baseOffset + lastOffsetDelta + 1);
      position += sizeInBytes;
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
  return end;
}
