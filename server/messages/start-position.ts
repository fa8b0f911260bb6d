import { Failure } from '../../lib/contract/failure.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

/** Where reading starts, as `from` of a request says it. */
export type StartPosition =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  /** Counted back from the log's end when negative. */
  | { readonly kind: 'offset'; readonly offset: bigint }
  | { readonly kind: 'offsets'; readonly byPartition: ReadonlyMap<number, bigint> }
  /** Milliseconds since the epoch. */
  | { readonly kind: 'timestamp'; readonly timestamp: number };

const LAST_OFFSET = 2n ** 63n - 1n;
const LAST_PARTITION = 2 ** 31 - 1;
const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/;

export type PositionField = 'from' | 'until';

/** Reads `from`, which the contract has checked the form of. Throws `invalid_request` with the field it came from. */
export function parseStartPosition(from: string, field: PositionField = 'from'): StartPosition {
  if (from === 'earliest' || from === 'latest') return { kind: from };
  const [kind, rest] = splitOnce(from, ':');
  switch (kind) {
    case 'offset':
      return { kind, offset: parseOffset(rest, field) };
    case 'offsets':
      return { kind, byPartition: parseOffsets(rest, field) };
    case 'timestamp':
      return { kind, timestamp: parseTimestamp(rest, field) };
    default:
      throw invalidFrom(say('rule.from'), undefined, field);
  }
}

/** A position that cannot be read from, or to. */
export function invalidFrom(message: Sentence, action?: Sentence, field: PositionField = 'from'): Failure {
  return new Failure('invalid_request', message, { action, fields: [{ field, message }] });
}

function parseOffset(text: string, field: PositionField): bigint {
  const offset = BigInt(text);
  if (offset > LAST_OFFSET || offset < -LAST_OFFSET) {
    throw invalidFrom(say('read.notOffset', { text, most: LAST_OFFSET }), undefined, field);
  }
  return offset;
}

function parseOffsets(text: string, field: PositionField): ReadonlyMap<number, bigint> {
  const byPartition = new Map<number, bigint>();
  for (const pair of text.split(',')) {
    const [id, offset] = splitOnce(pair, '=');
    const partition = Number(id);
    if (partition > LAST_PARTITION)
      throw invalidFrom(say('read.notPartition', { text: id }), undefined, field);
    if (byPartition.has(partition))
      throw invalidFrom(say('read.partitionTwice', { partition }), undefined, field);
    byPartition.set(partition, parseOffset(offset, field));
  }
  return byPartition;
}

/** ISO 8601, in UTC where it names no zone, or milliseconds since the epoch. */
function parseTimestamp(text: string, field: PositionField): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const match = TIME.exec(text);
  const isLocal = match && text.includes('T') && match.groups?.zone === undefined;
  const timestamp = match ? Date.parse(isLocal ? `${text}Z` : text.replace(',', '.')) : Number.NaN;
  if (Number.isNaN(timestamp)) {
    throw invalidFrom(say('read.notTime', { text }), say('read.notTime.do'), field);
  }
  // Negative timestamps mean something else to Kafka (ListOffsets), and no record is that old.
  return Math.max(0, timestamp);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
