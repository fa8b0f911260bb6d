import type { Sentence } from '../../lib/contract/sentence.ts';
import { joined, say } from '../../lib/i18n/sentences/sentence.ts';
import type { LogRange } from './log-ranges.ts';
import { invalidFrom, type StartPosition } from './start-position.ts';

/**
 * The offset to start a partition at. Throws `invalid_request` with the field `from` when an offset that is meant for it is
 * not in its log, naming the offsets that are.
 */
export function startOffset(
  position: Exclude<StartPosition, { kind: 'latest' }>,
  partition: number,
  range: LogRange,
): number {
  const { logStartOffset, logEndOffset, offsetAtTime } = range;
  switch (position.kind) {
    case 'earliest':
      return logStartOffset;
    case 'timestamp':
      return Math.max(logStartOffset, offsetAtTime);
    case 'offset':
      return nearest(fromEnd(position.offset, logEndOffset), range);
    case 'offsets': {
      const offset = position.byPartition.get(partition)!;
      if (!isInside(offset, range)) throw outside(offset, [[partition, range]]);
      return Number(offset);
    }
  }
}

/** Negative offsets count back from the log's end. */
export function fromEnd(offset: bigint, logEndOffset: number): bigint {
  return offset < 0n ? BigInt(logEndOffset) + offset : offset;
}

/** The offset, or the end of the log that it lies beyond. */
export function nearest(offset: bigint, { logStartOffset, logEndOffset }: LogRange): number {
  if (offset <= BigInt(logStartOffset)) return logStartOffset;
  return offset >= BigInt(logEndOffset) ? logEndOffset : Number(offset);
}

/** The end counts as inside: it is where one goes on when everything was read. */
function isInside(offset: bigint, { logStartOffset, logEndOffset }: LogRange): boolean {
  return offset >= BigInt(logStartOffset) && offset <= BigInt(logEndOffset);
}

/** Without a partition, `offset:N` means every message from N on, so it only has to be in one of the logs. */
export function refuseIfNowhere(offset: bigint, ranges: ReadonlyMap<number, LogRange>): void {
  if (offset < 0n || ranges.size === 0) return;
  if (![...ranges.values()].some((range) => isInside(offset, range))) throw outside(offset, [...ranges]);
}

/** Told of at most so many partitions. */
const MOST_NAMED = 8;

function outside(offset: bigint, ranges: [partition: number, LogRange][]) {
  const named = joined(ranges.slice(0, MOST_NAMED).map(sayRange), ', ');
  const count = ranges.length - MOST_NAMED;
  return invalidFrom(
    count > 0
      ? say('read.outsideMore', { offset, ranges: named, count })
      : say('read.outside', { offset, ranges: named }),
    say('read.outside.do'),
  );
}

function sayRange([partition, { logStartOffset, logEndOffset }]: [number, LogRange]): Sentence {
  return logStartOffset === logEndOffset
    ? say('read.rangeEmpty', { partition, next: logEndOffset })
    : say('read.range', { partition, start: logStartOffset, end: logEndOffset - 1 });
}
