import type { LogConfig } from './log-config.ts';
import type { LogSegment } from './log-segment.ts';

/**
 * Where the log starts once what retention no longer wants is gone: segments whose newest record is older than
 * retention.ms, and as many of the oldest as retention.bytes allows to miss, whole ones and only what is replicated.
 * Null when nothing is to go (UnifiedLog.deleteOldSegments).
 */
export function startAfterRetention(
  segments: readonly LogSegment[],
  logEndOffset: number,
  config: LogConfig,
  highWatermark: number,
  now: number,
): number | null {
  const size = segments.reduce((sum, segment) => sum + segment.sizeInBytes, 0);
  let excess = config.retentionBytes < 0 ? Number.NEGATIVE_INFINITY : size - config.retentionBytes;
  let start: number | null = null;
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    const end = next?.baseOffset ?? logEndOffset;
    // Compaction leaves empty segments; an empty active one is where records go next.
    if (end > highWatermark || (next === undefined && segment.sizeInBytes === 0)) break;
    const newest = segment.maxTimestamp().timestamp;
    const lastWrite = newest >= 0 ? newest : segment.modifiedAt(now);
    const isTooOld = config.retentionMs >= 0 && now - lastWrite > config.retentionMs;
    if (!isTooOld && excess < segment.sizeInBytes) break;
    excess -= segment.sizeInBytes;
    start = end;
  }
  return start;
}
