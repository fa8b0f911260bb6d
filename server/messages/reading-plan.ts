import { Failure } from '../../lib/contract/failure.ts';
import type { MessageQuery } from '../../lib/contract/message-query.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { type EndPosition, endOffset, parseEndPosition } from './end-position.ts';
import { type LogRange, readLogRanges } from './log-ranges.ts';
import type { OffsetWindow } from './offset-windows.ts';
import type { ReadableTopic } from './readable-topic.ts';
import { refuseIfNowhere, startOffset } from './start-offsets.ts';
import { invalidFrom, parseStartPosition, type StartPosition } from './start-position.ts';

/** What is read of one partition: offsets from `start` to `end`, exclusive. */
export interface PlannedPartition {
  readonly partition: number;
  readonly start: number;
  readonly end: number;
  readonly range: LogRange;
  /** Of those, the ones that are read; absent: all. */
  readonly windows?: readonly OffsetWindow[];
}

/** Where a reading of a topic begins and ends, and in which order it goes. */
export interface ReadingPlan {
  readonly order: 'oldest' | 'newest';
  readonly partitions: readonly PlannedPartition[];
  /** Partitions that could not be read when the plan was made. */
  readonly missing: ReadonlyMap<number, Failure>;
}

export type ReadingBounds = Pick<MessageQuery, 'from' | 'until' | 'order' | 'isolation'> & {
  /** Null: all. */
  partitions: readonly number[] | null;
};

/** Where a request says that reading begins and ends. */
export interface Positions {
  readonly start: StartPosition;
  readonly end: EndPosition | null;
  /** The partitions that the request names; null: it means all. */
  readonly named: readonly number[] | null;
}

/** Throws `invalid_request` with the field that is wrong. */
export function parsePositions({ from, until, partitions }: ReadingBounds): Positions {
  const start = parseStartPosition(from);
  const end = until === undefined ? null : parseEndPosition(until);
  let named: readonly number[] | null = partitions;
  for (const position of [start, end]) {
    if (position?.kind !== 'offsets') continue;
    const missing = partitions?.find((partition) => !position.byPartition.has(partition));
    if (missing !== undefined) throw invalidFrom(say('read.noOffsetFor', { partition: missing }));
    const those = [...position.byPartition.keys()];
    named = named === null ? those : those.filter((partition) => named!.includes(partition));
  }
  return { start, end, named };
}

/** Asks the leaders where the partitions' logs begin and end, and says what is read of them. */
export async function planReading(
  topic: ReadableTopic,
  partitions: readonly number[],
  { start, end }: Positions,
  { order, isolation }: Pick<ReadingBounds, 'order' | 'isolation'>,
  { patienceMs, signal }: { patienceMs: number; signal: AbortSignal },
): Promise<ReadingPlan> {
  const found = await readLogRanges(topic, partitions, {
    timestamp: start.kind === 'timestamp' ? start.timestamp : null,
    endTimestamp: end?.kind === 'timestamp' ? end.timestamp : null,
    isolation,
    patienceMs,
    signal,
  });
  const missing = new Map<number, Failure>();
  const ranges = new Map<number, LogRange>();
  for (const [partition, range] of [...found].sort(([one], [other]) => one - other)) {
    if (range instanceof Failure) missing.set(partition, range);
    else ranges.set(partition, range);
  }
  const [why] = missing.values();
  if (ranges.size === 0 && why) throw why;
  if (start.kind === 'offset') refuseIfNowhere(start.offset, ranges);
  return {
    order: order ?? (start.kind === 'latest' ? 'newest' : 'oldest'),
    partitions: [...ranges].map(([partition, range]) => planPartition(partition, range, start, end)),
    missing,
  };
}

/** Throws `invalid_request` with the field `from` when an offset that is meant for this partition is not in its log. */
export function planPartition(
  partition: number,
  range: LogRange,
  start: StartPosition,
  end: EndPosition | null,
): PlannedPartition {
  const from = start.kind === 'latest' ? range.logStartOffset : startOffset(start, partition, range);
  const until = end === null ? range.logEndOffset : endOffset(end, partition, range);
  return { partition, start: from, end: Math.max(from, until), range };
}
