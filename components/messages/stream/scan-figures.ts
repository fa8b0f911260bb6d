import type { FeedSnapshot } from './message-feed.ts';

/** Where a scan stands, in figures for a person; null is not known. */
export interface ScanFigures {
  /** Records a second. */
  rate: number | null;
  /** Milliseconds until the end of the logs at that rate. */
  timeLeft: number | null;
  /** From 0 to 1: of the offsets there are to look at, those that were. */
  share: number | null;
}

/** Too short a time tells no rate. */
const ENOUGH_MS = 300;

/** @param limit messages that end the reading: a list that fills before the log ends is done then */
export function scanFigures(
  { progress, messages }: Pick<FeedSnapshot, 'progress' | 'messages'>,
  limit: number,
): ScanFigures {
  if (!progress) return { rate: null, timeLeft: null, share: null };
  const { scanned, matched, elapsedMs, remaining } = progress;
  const rate = elapsedMs >= ENOUGH_MS ? (scanned / elapsedMs) * 1000 : null;
  const ofLog = remaining === null ? null : scanned / Math.max(1, scanned + remaining);
  const ofLimit = Math.min(messages.length, Math.max(matched, 0)) / limit;
  return {
    rate,
    timeLeft: rate === null || rate === 0 || remaining === null ? null : (remaining / rate) * 1000,
    share: ofLog === null ? null : Math.min(1, Math.max(ofLog, ofLimit)),
  };
}
