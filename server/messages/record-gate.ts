import type { ByteSearch } from './filter/byte-search.ts';
import type { ScannedRecord } from './scanned-record.ts';

/** Which records a reading wants. The cheapest is asked first: batch headers, then bytes, then what they mean. */
export interface RecordGate {
  /** Milliseconds since the epoch; batches and records before are passed over. */
  readonly fromTimestamp: number;
  /** Milliseconds since the epoch, exclusive. */
  readonly untilTimestamp: number;
  /** Leaves out what transactions that were aborted, or are open, have written. */
  readonly committedOnly: boolean;
  /** Gives control records too. */
  readonly wantsControl: boolean;
  /** What the plain bytes of a wanted record have to hold; null where that cannot be told from bytes. */
  readonly search: Pick<ByteSearch, 'over'> | null;
  /** Null: every record is wanted. Throws SchemaNeeded when a schema has to be fetched first. */
  readonly matches: ((record: ScannedRecord, partition: number) => boolean) | null;
}

/** Wants every application's record. */
export const OPEN_GATE: RecordGate = {
  fromTimestamp: Number.NEGATIVE_INFINITY,
  untilTimestamp: Number.POSITIVE_INFINITY,
  committedOnly: false,
  wantsControl: false,
  search: null,
  matches: null,
};
