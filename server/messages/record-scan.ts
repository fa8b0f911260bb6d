import { ProtocolError } from '../protocol/codec.ts';
import { type BatchHeader, readBatchHeader, verifyCrc } from '../protocol/records/batch-header.ts';
import { readOldMessages, verifyOldCrc } from '../protocol/records/message-set.ts';
import type { DecodedRecord } from '../protocol/records/record-batch.ts';
import { openBatch, type RecordCursor } from '../protocol/records/record-cursor.ts';
import { SchemaNeeded } from '../serdes/serde.ts';
import { type BatchExtent, extentAt } from './batch-extent.ts';
import type { FetchedPartition } from './fetch-partitions.ts';
import { OPEN_GATE, type RecordGate } from './record-gate.ts';
import type { ScannedRecord, TransactionState } from './scanned-record.ts';
import type { TimeSlice } from './time-slice.ts';
import { TransactionStates } from './transaction-states.ts';

/** What a batch may unfold to: one is in memory for each partition that is being read. */
const MOST_BATCH_BYTES = 64 * 1024 * 1024;
/** Types of control records whose key ends a transaction (ControlRecordType). */
const MARKERS = ['aborted', 'committed'] as const;

/** Offsets that cannot be read, and why. */
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

type Fetched = Pick<FetchedPartition, 'records'> & Partial<FetchedPartition>;

/** One batch that is being looked at. */
interface OpenBatch {
  readonly batch: BatchHeader;
  readonly lastOffset: number;
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
  /** Records from the first to the last offset asked for that were looked at, by themselves or by their batch's header. */
  scanned = 0;
  /** The time of what was passed last; what follows is probably not older. */
  timestamp = Number.NEGATIVE_INFINITY;
  /** The time of what was looked at first; null before that. What lies before it is probably not newer. */
  firstTimestamp: number | null = null;
  readonly unreadable: UnreadableBatch[] = [];
  readonly #bytes: Buffer;
  readonly #until: number;
  readonly #partition: number;
  readonly #logEndOffset: number | undefined;
  readonly #gate: RecordGate;
  readonly #transactions: TransactionStates;
  #position = 0;
  #open: OpenBatch | null = null;
  #oldMessages: DecodedRecord[] = [];
  #afterOldMessages = 0;

  /**
   * @param from the offset that was asked for: the first batch may begin before it
   * @param until the first offset that is not wanted any more
   */
  constructor(
    fetched: Fetched,
    from: number,
    { gate = OPEN_GATE, until = Number.POSITIVE_INFINITY }: { gate?: RecordGate; until?: number } = {},
  ) {
    this.#bytes = fetched.records;
    this.#partition = fetched.partition ?? 0;
    this.#logEndOffset = fetched.highWatermark;
    this.#transactions = new TransactionStates(fetched);
    this.#gate = gate;
    this.#until = until;
    this.nextOffset = from;
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
        if (this.nextOffset >= this.#until) return null;
        if (slice?.isOverNow) return TURN_IS_OVER;
        const extent = extentAt(this.#bytes, this.#position, this.#logEndOffset);
        if (!extent) return null;
        this.#openNext(extent);
      }
    }
  }

  #openNext(extent: BatchExtent): void {
    const { position, sizeInBytes, baseOffset, lastOffset } = extent;
    this.#position = position + sizeInBytes;
    if (lastOffset < this.nextOffset) return;
    if (extent.magic >= 2 && baseOffset >= this.#until) this.#passTo(this.#until);
    else if (extent.magic < 2) this.#openOldMessages(extent);
    else this.#openBatch(extent);
  }

  #openBatch({ position, baseOffset, lastOffset }: BatchExtent): void {
    try {
      const batch = readBatchHeader(this.#bytes, position);
      const transaction = this.#transactions.of(batch, lastOffset, () => this.#readMarker(batch));
      if (this.#isPassedOver(batch, transaction)) this.#count(batch, lastOffset, null);
      else if (this.#hasHit(batch, lastOffset, transaction)) return;
      this.#pass(batch, lastOffset);
    } catch (error) {
      this.#passUnreadable(baseOffset, lastOffset, error);
    }
  }

  /** Opens it where something in it may be wanted. */
  #hasHit(batch: BatchHeader, lastOffset: number, transaction: TransactionState | undefined): boolean {
    if (!verifyCrc(this.#bytes, batch)) throw new ProtocolError('its checksum is wrong');
    const cursor = openBatch(this.#bytes, batch, MOST_BATCH_BYTES);
    const find = batch.isControl ? null : (this.#gate.search?.over(cursor.bytes) ?? null);
    const hit = find ? find(0) : 0;
    if (hit < 0) this.#count(batch, lastOffset, cursor);
    else this.#open = { batch, lastOffset, cursor, transaction, find, hit, read: 0, isPending: false };
    return hit >= 0;
  }

  #nextInBatch(open: OpenBatch, slice?: TimeSlice): ScannedRecord | Interruption | null {
    const { batch, cursor, lastOffset, transaction } = open;
    try {
      for (;;) {
        if (slice?.isOver) return TURN_IS_OVER;
        if (!open.isPending) {
          if (!cursor.next()) break;
          open.read += 1;
          if (cursor.offset < this.nextOffset) continue;
          if (cursor.offset >= this.#until) break;
          if (!batch.isControl) this.scanned += 1;
          this.firstTimestamp ??= cursor.timestamp;
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
        slice?.spend(sizeInBytes);
        const isWanted = this.#isWanted(record);
        if (typeof isWanted === 'object') {
          open.isPending = true;
          return isWanted;
        }
        this.nextOffset = offset + 1;
        if (open.find) open.hit = open.find(end);
        const isLast = open.hit < 0;
        if (isLast) {
          this.#countRest(open);
          this.#leave(open);
        }
        if (isWanted) return record;
        if (isLast) return null;
      }
    } catch (error) {
      this.#open = null;
      this.#passUnreadable(batch.baseOffset, lastOffset, error);
      return null;
    }
    this.#leave(open);
    return null;
  }

  #leave({ batch, lastOffset }: OpenBatch): void {
    this.#open = null;
    this.#pass(batch, lastOffset);
  }

  /** Nothing that follows in the batch is wanted. */
  #countRest({ batch, cursor, lastOffset, read }: OpenBatch): void {
    if (batch.isControl) return;
    if (lastOffset < this.#until) this.scanned += Math.max(0, batch.recordCount - read);
    else while (cursor.next() && cursor.offset < this.#until) this.scanned += 1;
  }

  /** All that is asked for of a batch was looked at. */
  #count(batch: BatchHeader, lastOffset: number, cursor: RecordCursor | null): void {
    const { baseOffset, recordCount, isControl } = batch;
    if (isControl) return;
    const [first, end] = [Math.max(baseOffset, this.nextOffset), Math.min(lastOffset + 1, this.#until)];
    const most = Math.min(Math.max(0, recordCount), end - first);
    this.scanned += first === baseOffset && end > lastOffset ? most : this.#countWithin(batch, cursor, most);
  }

  /** Of the first batch or the last: compaction may have taken some of its records, so they are counted one by one. */
  #countWithin(batch: BatchHeader, cursor: RecordCursor | null, most: number): number {
    let count = 0;
    try {
      const records = cursor ?? openBatch(this.#bytes, batch, MOST_BATCH_BYTES);
      while (records.next() && records.offset < this.#until)
        if (records.offset >= this.nextOffset) count += 1;
    } catch (error) {
      // Nobody wants it, so it need not be readable.
      if (!cursor && error instanceof ProtocolError) return most;
      throw error;
    }
    return count;
  }

  /** Formats 0 and 1. A compressed message's offset is the last one in it. */
  #openOldMessages({ position, lastOffset }: BatchExtent): void {
    try {
      if (!verifyOldCrc(this.#bytes, position)) throw new ProtocolError('its checksum is wrong');
      this.#oldMessages = readOldMessages(this.#bytes, position, MOST_BATCH_BYTES).map((message) => ({
        ...message,
        headers: [],
      }));
      if (this.#oldMessages.length === 0) this.#passTo(lastOffset + 1);
      this.#afterOldMessages = lastOffset + 1;
    } catch (error) {
      this.#passUnreadable(this.nextOffset, lastOffset, error);
    }
  }

  #nextOldMessage(slice?: TimeSlice): ScannedRecord | Interruption | null {
    for (let message = this.#oldMessages[0]; message; message = this.#oldMessages[0]) {
      if (slice?.isOver) return TURN_IS_OVER;
      if (message.offset >= this.#until) break;
      const isNew = message.offset >= this.nextOffset;
      slice?.spend(message.sizeInBytes);
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
    this.#oldMessages = [];
    this.#passTo(this.#afterOldMessages);
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

  /** How a control batch says that a transaction ended; null where it says something else, or cannot be read. */
  #readMarker(batch: BatchHeader): 'aborted' | 'committed' | null {
    try {
      const cursor = openBatch(this.#bytes, batch, MOST_BATCH_BYTES);
      const key = cursor.next() ? cursor.key() : null;
      return (key !== null && key.length >= 4 && MARKERS[key.readInt16BE(2)]) || null;
    } catch (error) {
      if (error instanceof ProtocolError) return null;
      throw error;
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

  #pass(batch: BatchHeader, lastOffset: number): void {
    const isFromItsFirst = batch.baseOffset >= this.nextOffset && batch.timestampType === 'CreateTime';
    this.firstTimestamp ??= isFromItsFirst ? batch.baseTimestamp : batch.maxTimestamp;
    this.#passTo(lastOffset + 1);
    this.timestamp = Math.max(this.timestamp, batch.maxTimestamp);
  }

  #passTo(offset: number): void {
    this.nextOffset = Math.max(this.nextOffset, Math.min(offset, this.#until));
  }

  /** What is left of a batch, or all of it. */
  #passUnreadable(baseOffset: number, lastOffset: number, error: unknown): void {
    if (!(error instanceof ProtocolError)) throw error;
    const first = Math.min(Math.max(baseOffset, this.nextOffset), lastOffset);
    this.unreadable.push({ baseOffset: first, lastOffset, reason: error.message });
    this.#passTo(lastOffset + 1);
  }
}

export function isInterruption(found: ScannedRecord | Interruption | null): found is Interruption {
  return found !== null && 'until' in found;
}
