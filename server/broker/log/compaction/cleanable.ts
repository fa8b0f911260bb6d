import type { LogConfig } from '../log-config.ts';
import type { LogSegment } from '../log-segment.ts';
import type { PartitionLog } from '../partition-log.ts';

/** A log, and how far it is to be compacted. */
export interface CleanableLog {
  readonly log: PartitionLog;
  readonly config: LogConfig;
  /** Everything before was compacted once. */
  readonly firstDirtyOffset: number;
  /** Where a segment begins that must stay as it is. */
  readonly firstUncleanableOffset: number;
  /** Share of what could be compacted that never was. */
  readonly dirtyRatio: number;
}

/**
 * What of a log can be compacted now; null when it is not worth it yet (LogCleanerManager): not the active segment,
 * nothing from `lastStableOffset` on, nothing younger than min.compaction.lag.ms. It is worth it above
 * min.cleanable.dirty.ratio, or when something waits longer than max.compaction.lag.ms.
 */
export function cleanable(
  log: PartitionLog,
  config: LogConfig,
  lastStableOffset: number,
  now: number,
): CleanableLog | null {
  const segments = log.segments;
  const sealed = segments.slice(0, -1);
  if (sealed.length === 0) return null;
  const { cleanedTo } = log;
  const isValid = cleanedTo >= log.logStartOffset && cleanedTo <= log.logEndOffset;
  const firstDirtyOffset = isValid ? cleanedTo : log.logStartOffset;
  const dirty = segments.filter((_, index) => endOf(segments, index) > firstDirtyOffset);
  const young =
    config.minCompactionLagMs <= 0
      ? undefined
      : dirty.find(
          (segment) =>
            sealed.includes(segment) && segment.maxTimestamp().timestamp > now - config.minCompactionLagMs,
        );
  const limit = Math.min(lastStableOffset, segments.at(-1)!.baseOffset, young?.baseOffset ?? Infinity);
  const firstUncleanableOffset = segments.findLast((segment) => segment.baseOffset <= limit)?.baseOffset ?? 0;
  const toClean = dirty.filter((segment) => segment.baseOffset < firstUncleanableOffset);
  const dirtyBytes = bytesOf(toClean);
  if (dirtyBytes === 0) return null;
  const cleanBytes = bytesOf(segments.filter((segment) => !dirty.includes(segment)));
  const dirtyRatio = dirtyBytes / (cleanBytes + dirtyBytes);
  const waitsTooLong = toClean.some(
    ({ firstTimestamp }) => firstTimestamp > 0 && firstTimestamp < now - config.maxCompactionLagMs,
  );
  if (!waitsTooLong && dirtyRatio <= config.minCleanableDirtyRatio) return null;
  return { log, config, firstDirtyOffset, firstUncleanableOffset, dirtyRatio };
}

function endOf(segments: readonly LogSegment[], index: number): number {
  return segments[index + 1]?.baseOffset ?? Number.POSITIVE_INFINITY;
}

function bytesOf(segments: readonly LogSegment[]): number {
  return segments.reduce((sum, segment) => sum + segment.sizeInBytes, 0);
}
