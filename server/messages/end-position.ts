import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { LogRange } from './log-ranges.ts';
import { fromEnd, nearest } from './start-offsets.ts';
import { invalidFrom, parseStartPosition, type StartPosition } from './start-position.ts';

/** Where reading ends, as `until` of a request says it: the first offset that is not read. */
export type EndPosition = Exclude<StartPosition, { kind: 'earliest' | 'latest' }>;

/** Reads `until`, which the contract has checked the form of. Throws `invalid_request` with the field `until`. */
export function parseEndPosition(until: string): EndPosition {
  const position = parseStartPosition(until, 'until');
  if (position.kind === 'earliest' || position.kind === 'latest')
    throw invalidFrom(say('rule.until'), undefined, 'until');
  return position;
}

/** The offset before which reading ends in a partition, inside its log. */
export function endOffset(position: EndPosition, partition: number, range: LogRange): number {
  switch (position.kind) {
    case 'timestamp':
      return range.offsetAtEndTime;
    case 'offset':
      return nearest(fromEnd(position.offset, range.logEndOffset), range);
    case 'offsets':
      return nearest(position.byPartition.get(partition)!, range);
  }
}
