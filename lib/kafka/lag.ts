/**
 * How many records a consumer group has still to read from a partition: log end − committed offset, never negative. Null
 * where either offset is unknown: unknown is not 0. For a read_committed consumer give the last stable offset as the end
 * (KIP-98); elsewhere the high watermark.
 */
export function partitionLag(committedOffset: number | null, logEndOffset: number | null): number | null {
  if (committedOffset === null || committedOffset < 0 || logEndOffset === null || logEndOffset < 0)
    return null;
  return Math.max(0, logEndOffset - committedOffset);
}

/**
 * Sum of the lags of the partitions a group has committed an offset for. Null when one of them is unknown, as a sum of the
 * others would look like less than there is. 0 for a group with no committed offsets.
 */
export function totalLag(lags: Iterable<number | null>): number | null {
  let total = 0;
  for (const lag of lags) {
    if (lag === null) return null;
    total += lag;
  }
  return total;
}
