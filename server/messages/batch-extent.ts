import { ProtocolError } from '../protocol/protocol-error.ts';
import {
  BATCH_HEADER_BYTES,
  isCrcRightAt,
  isWhole,
  LOG_OVERHEAD_BYTES,
  lastOffsetDeltaAt,
  magicAt,
  readInt64,
} from '../protocol/records/batch-header.ts';

/** Where a batch or an old message lies in what a broker sent, and which offsets it takes. */
export interface BatchExtent {
  readonly position: number;
  readonly sizeInBytes: number;
  /** 2 for a batch, less for an old message. */
  readonly magic: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
}

/**
 * The extent of the batch or old message at a position, by as little of its header as reading on takes: one that cannot be
 * read can still be passed over. Null where nothing whole follows. Throws ProtocolError where the bytes are no batch.
 *
 * @param logEndOffset where the log ended when the broker answered; it may have grown a little meanwhile
 */
export function extentAt(
  bytes: Buffer,
  position: number,
  logEndOffset = Number.POSITIVE_INFINITY,
): BatchExtent | null {
  if (!isWhole(bytes, position)) return null;
  const magic = magicAt(bytes, position);
  const sizeInBytes = LOG_OVERHEAD_BYTES + bytes.readInt32BE(position + LOG_OVERHEAD_BYTES - 4);
  const baseOffset = readInt64(bytes, position);
  // A compressed message has the offset of the last one in it.
  if (magic < 2) return { position, sizeInBytes, magic, baseOffset, lastOffset: baseOffset };
  if (sizeInBytes < BATCH_HEADER_BYTES)
    throw new ProtocolError(`batch length is ${sizeInBytes - LOG_OVERHEAD_BYTES}`);
  const lastOffset = baseOffset + lastOffsetDeltaAt(bytes, position);
  const isLikely =
    lastOffset >= baseOffset && (lastOffset < logEndOffset || isCrcRightAt(bytes, position, sizeInBytes));
  if (isLikely) return { position, sizeInBytes, magic, baseOffset, lastOffset };
  const next = position + sizeInBytes;
  const nextOffset = isWhole(bytes, next) ? readInt64(bytes, next) : -1;
  if (nextOffset <= baseOffset || nextOffset >= logEndOffset)
    throw new ProtocolError(`batch says that it goes from offset ${baseOffset} to ${lastOffset}`);
  return { position, sizeInBytes, magic, baseOffset, lastOffset: nextOffset - 1 };
}
