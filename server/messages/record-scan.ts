import { ProtocolError } from '../protocol/codec.ts';
import {
  type BatchHeader,
  isWhole,
  LOG_OVERHEAD_BYTES,
  magicAt,
  readBatchHeader,
  verifyCrc,
} from '../protocol/records/batch-header.ts';
import { readOldMessages, verifyOldCrc } from '../protocol/records/message-set.ts';
import type { DecodedRecord } from '../protocol/records/record-batch.ts';
import { openBatch, type RecordCursor } from '../protocol/records/record-cursor.ts';
import { SchemaNeeded } from '../serdes/serde.ts';
import { AbortedTransactions } from './aborted-transactions.ts';
import type { FetchedPartition } from './fetch-partitions.ts';
import { OPEN_GATE, type RecordGate } from './record-gate.ts';
import type { ScannedRecord, TransactionState } from './scanned-record.ts';
import type { TimeSlice } from './time-slice.ts';

/** What a batch may unfold to: one is in memory for each partition that is being read. */
const MOST_BATCH_BYTES = 64 * 1024 * 1024;
/** Types of control records whose key ends a transaction (ControlRecordType). */
const ABORT = 0;

/** A batch that cannot be read, and why. */
export interface UnreadableBatch {
  baseOffset: number;
  lastOffset: number;
  reason: string;
}

/** What to look at again: later, because the turn is over, or once a schema has been fetched. */
export interface Interruption {
  readonly until: Promise<void> | null;
}
const TURN_IS_OVER: Interruption = { until: null };

type Fetched = Pick<FetchedPartition, 'records'> &
  Partial<Pick<FetchedPartition, 'partition' | 'abortedTransactions' | 'lastStableOffset' | 'isolation'>>;

/** One batch that is being looked at. */
interface OpenBatch {
  readonly batch: BatchHeader;
  readonly cursor: RecordCursor;
  readonly transaction: TransactionState | undefined;
  /** Looks on for something wanted in the plain bytes; null where that is not asked. */
  readonly find: ((from: number) => number) | null;
  /** Where that is next. */
  hit: number;
  /** Records that the cursor has come to. */
  read: number;
  /** The cursor's record has not been decided on yet. */
  isPending: boolean;
}

/**
 * The wanted records of what a Fetch gave, one batch unfolded at a time. A batch that is corrupt is passed over and
 * remembered; offsets without records, as compaction leaves them, are counted as passed.
 */
export class RecordScan {
  /** The offset after everything that was passed. */
  nextOffset: number;
  /** Records that were looked at, by themselves or by their batch's header. */
  scanned = 0;
  /** The time of what was passed last; what follows is probably not older. */
  timestamp = Number.NEGATIVE_INFINITY;
  /** The time of what was looked at first; null before that. */
  firstTimestamp: number | null = null;
  readonly unreadable: UnreadableBatch[] = [];
  readonly #bytes: Buffer;
  readonly #partition: number;
  readonly #gate: RecordGate;
  readonly #aborted: AbortedTransactions | null;
  readonly #lastStableOffset: number;
  #position = 0;
  #open: OpenBatch | null = null;
  #oldMessages: DecodedRecord[] = [];
  #afterOldMessages = 0;

  /** `from` is the offset that was asked for: the first batch may begin before it. */
  constructor(fetched: Fetched, from: number, gate: RecordGate = OPEN_GATE) {
    const { records, partition = 0, abortedTransactions, lastStableOffset = -1, isolation } = fetched;
    this.#partition = partition;
    this.nextOffset = from;
    this.#bytes = records;
    this.#gate = gate;
    // Told only to those who ask for committed records; beyond the last stable offset nothing is decided.
    this.#aborted = isolation === 'committed' ? new AbortedTransactions(abortedTransactions ?? []) : null;
    this.#lastStableOffset = lastStableOffset;
  }

  /**
   * The next record that is wanted, null after the last, or what keeps it from being found now. Throws ProtocolError where
   * the bytes are no batches.
   */
  next(slice?: TimeSlice): ScannedRecord | Interruption | null {
    for (;;) {
      const open = this.#open;
      if (open) {
        const found = this.#nextInBatch(open, slice);
        if (found) return found;
      } else if (this.#oldMessages.length > 0) {
        const found = this.#nextOldMessage(slice);
        if (found) return found;
      } else {
        if (!isWhole(this.#bytes, this.#position)) return null;
        if (slice?.isOverNow) return TURN_IS_OVER;
        this.#openNext();
      }
    }
  }

  #openNext(): void {
    const position = this.#position;
    if (magicAt(this.#bytes, position) < 2) this.#openOldMessages(position);
    else this.#openBatch(readBatchHeader(this.#bytes, position));
  }

  #openBatch(batch: BatchHeader): void {
    this.#position += batch.sizeInBytes;
    const lastOffset = lastOffsetOf(batch);
    if (lastOffset < this.nextOffset) return;
    this.firstTimestamp ??= batch.baseTimestamp;
    const transaction = this.#transactionOf(batch, lastOffset);
    if (this.#isPassedOver(batch, transaction)) {
      if (!batch.isControl) this.scanned += this.#countFrom(batch);
      this.#pass(batch);
      return;
    }
    try {
      if (!verifyCrc(this.#bytes, batch)) throw new ProtocolError('its checksum is wrong');
      const cursor = openBatch(this.#bytes, batch, MOST_BATCH_BYTES);
      const find = batch.isControl ? null : (this.#gate.search?.over(cursor.bytes) ?? null);
      const hit = find ? find(0) : 0;
      if (hit >= 0) {
        this.#open = { batch, cursor, transaction, find, hit, read: 0, isPending: false };
        return;
      }
      this.scanned += this.#countFrom(batch);
    } catch (error) {
      this.#passUnreadable(batch.baseOffset, lastOffset, error);
    }
    this.#pass(batch);
  }

  #nextInBatch(open: OpenBatch, slice?: TimeSlice): ScannedRecord | Interruption | null {
    const { batch, cursor, transaction } = open;
    try {
      for (;;) {
        if (slice?.isOver) return TURN_IS_OVER;
        if (!open.isPending) {
          if (!cursor.next()) break;
          open.read += 1;
          if (cursor.offset < this.nextOffset) continue;
          if (!batch.isControl) this.scanned += 1;
        }
        open.isPending = false;
        const { offset, timestamp, sizeInBytes } = cursor;
        const end = cursor.start + sizeInBytes;
        if (!this.#isInTime(timestamp) || end <= open.hit) {
          this.nextOffset = offset + 1;
          continue;
        }
        const [key, value, headers] = [cursor.key(), cursor.value(), cursor.headers()];
        const record = { offset, timestamp, key, value, headers, sizeInBytes, batch, transaction };
        const isWanted = this.#isWanted(record);
        if (typeof isWanted === 'object') {
          open.isPending = true;
          return isWanted;
        }
        this.nextOffset = offset + 1;
        if (open.find) open.hit = open.find(end);
        if (open.hit < 0) this.#leave(open);
        if (isWanted) return record;
        if (open.hit < 0) return null;
      }
    } catch (error) {
      this.#passUnreadable(batch.baseOffset, lastOffsetOf(batch), error);
    }
    this.#leave(open);
    return null;
  }

  /** Nothing that follows in the batch is wanted. */
  #leave({ batch, read }: OpenBatch): void {
    if (!batch.isControl) this.scanned += batch.recordCount - read;
    this.#open = null;
    this.#pass(batch);
  }

  /** Formats 0 and 1. A compressed message's offset is the last one in it. */
  #openOldMessages(position: number): void {
    const lastOffset = Number(this.#bytes.readBigInt64BE(position));
    this.#position = position + LOG_OVERHEAD_BYTES + this.#bytes.readInt32BE(position + 8);
    try {
      if (!verifyOldCrc(this.#bytes, position)) throw new ProtocolError('its checksum is wrong');
      this.#oldMessages = readOldMessages(this.#bytes, position, MOST_BATCH_BYTES).map((message) => ({
        ...message,
        headers: [],
      }));
      this.#afterOldMessages = lastOffset + 1;
    } catch (error) {
      this.#passUnreadable(this.nextOffset, lastOffset, error);
      this.nextOffset = Math.max(this.nextOffset, lastOffset + 1);
    }
  }

  #nextOldMessage(slice?: TimeSlice): ScannedRecord | Interruption | null {
    for (let message = this.#oldMessages[0]; message; message = this.#oldMessages[0]) {
      if (slice?.isOver) return TURN_IS_OVER;
      const isNew = message.offset >= this.nextOffset;
      const isWanted = isNew && this.#isInTime(message.timestamp) && this.#isWanted(message);
      if (typeof isWanted === 'object') return isWanted;
      this.#oldMessages.shift();
      if (!isNew) continue;
      this.scanned += 1;
      this.nextOffset = message.offset + 1;
      this.timestamp = message.timestamp;
      this.firstTimestamp ??= message.timestamp;
      if (isWanted) return message;
    }
    this.nextOffset = Math.max(this.nextOffset, this.#afterOldMessages);
    return null;
  }

  #isWanted(record: ScannedRecord): boolean | Interruption {
    const { matches } = this.#gate;
    if (!matches || record.batch.isControl) return true;
    try {
      return matches(record, this.#partition);
    } catch (error) {
      if (error instanceof SchemaNeeded) return { until: error.ready };
      throw error;
    }
  }

  #transactionOf(batch: BatchHeader, lastOffset: number): TransactionState | undefined {
    if (!batch.isTransactional) return undefined;
    if (!this.#aborted) return lastOffset >= this.#lastStableOffset ? 'open' : undefined;
    const isAborted = this.#aborted.has(batch.producerId, lastOffset);
    if (batch.isControl && isAborted && this.#isAbortMarker(batch)) this.#aborted.end(batch.producerId);
    return isAborted ? 'aborted' : 'committed';
  }

  #isAbortMarker(batch: BatchHeader): boolean {
    try {
      const cursor = openBatch(this.#bytes, batch, MOST_BATCH_BYTES);
      const key = cursor.next() ? cursor.key() : null;
      return key !== null && key.length >= 4 && key.readInt16BE(2) === ABORT;
    } catch {
      return false;
    }
  }

  #isPassedOver(batch: BatchHeader, transaction: TransactionState | undefined): boolean {
    if (batch.isControl) return !this.#gate.wantsControl;
    if (this.#gate.committedOnly && (transaction === 'aborted' || transaction === 'open')) return true;
    return batch.maxTimestamp !== -1 && batch.maxTimestamp < this.#gate.fromTimestamp;
  }

  #isInTime(timestamp: number): boolean {
    const { fromTimestamp, untilTimestamp } = this.#gate;
    return timestamp === -1 || (timestamp >= fromTimestamp && timestamp < untilTimestamp);
  }

  /** As many records as a batch has from the offset on that is read next; compaction may have taken some of them. */
  #countFrom(batch: BatchHeader): number {
    const { baseOffset, recordCount } = batch;
    if (this.nextOffset <= baseOffset) return recordCount;
    return Math.min(recordCount, lastOffsetOf(batch) - this.nextOffset + 1);
  }

  #pass(batch: BatchHeader): void {
    this.nextOffset = Math.max(this.nextOffset, lastOffsetOf(batch) + 1);
    this.timestamp = Math.max(this.timestamp, batch.maxTimestamp);
  }

  #passUnreadable(baseOffset: number, lastOffset: number, error: unknown): void {
    if (!(error instanceof ProtocolError)) throw error;
    this.unreadable.push({ baseOffset, lastOffset, reason: error.message });
  }
}

function lastOffsetOf({ baseOffset, lastOffsetDelta }: BatchHeader): number {
  return baseOffset + lastOffsetDelta;
}

export function isInterruption(found: ScannedRecord | Interruption | null): found is Interruption {
  return found !== null && 'until' in found;
}
