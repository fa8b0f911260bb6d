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
import { openBatch } from '../protocol/records/record-cursor.ts';

/** What a batch may unfold to: one is in memory for each partition that is being read. */
const MOST_BATCH_BYTES = 64 * 1024 * 1024;

/** A batch that cannot be read, and why. */
export interface UnreadableBatch {
  baseOffset: number;
  lastOffset: number;
  reason: string;
}

/**
 * The records of what a Fetch gave, one batch unfolded at a time. Control batches are passed over, and so is a batch that
 * is corrupt, which is remembered; offsets without records, as compaction leaves them, are counted as passed.
 */
export class RecordScan {
  /** The offset after everything that was passed. */
  nextOffset: number;
  readonly unreadable: UnreadableBatch[] = [];
  readonly #records: Generator<DecodedRecord, void>;

  /** `from` is the offset that was asked for: the first batch may begin before it. */
  constructor(buffer: Buffer, from: number) {
    this.nextOffset = from;
    this.#records = this.#scan(buffer);
  }

  /** The next record, null after the last. Throws ProtocolError where the bytes are no batches. */
  next(): DecodedRecord | null {
    for (;;) {
      const { value, done } = this.#records.next();
      if (done) return null;
      if (value.offset < this.nextOffset) continue;
      this.nextOffset = value.offset + 1;
      return value;
    }
  }

  *#scan(buffer: Buffer): Generator<DecodedRecord, void> {
    for (let position = 0; isWhole(buffer, position); ) {
      if (magicAt(buffer, position) < 2) {
        yield* this.#oldMessages(buffer, position);
        position += LOG_OVERHEAD_BYTES + buffer.readInt32BE(position + 8);
        continue;
      }
      const batch = readBatchHeader(buffer, position);
      const lastOffset = batch.baseOffset + batch.lastOffsetDelta;
      if (!batch.isControl && lastOffset >= this.nextOffset) yield* this.#batch(buffer, batch, lastOffset);
      this.#pass(lastOffset);
      position += batch.sizeInBytes;
    }
  }

  *#batch(buffer: Buffer, batch: BatchHeader, lastOffset: number): Generator<DecodedRecord, void> {
    try {
      if (!verifyCrc(buffer, batch)) throw new ProtocolError('its checksum is wrong');
      const cursor = openBatch(buffer, batch, MOST_BATCH_BYTES);
      while (cursor.next()) {
        const { offset, timestamp, sizeInBytes } = cursor;
        if (offset < this.nextOffset) continue;
        const [key, value] = [cursor.key(), cursor.value()];
        yield { offset, timestamp, key, value, headers: cursor.headers(), sizeInBytes, batch };
      }
    } catch (error) {
      this.#passUnreadable(batch.baseOffset, lastOffset, error);
    }
  }

  /** Formats 0 and 1. A compressed message's offset is the last one in it. */
  *#oldMessages(buffer: Buffer, position: number): Generator<DecodedRecord, void> {
    const lastOffset = Number(buffer.readBigInt64BE(position));
    try {
      if (!verifyOldCrc(buffer, position)) throw new ProtocolError('its checksum is wrong');
      for (const message of readOldMessages(buffer, position, MOST_BATCH_BYTES))
        yield { ...message, headers: [] };
    } catch (error) {
      this.#passUnreadable(this.nextOffset, lastOffset, error);
    }
    this.#pass(lastOffset);
  }

  #pass(lastOffset: number): void {
    this.nextOffset = Math.max(this.nextOffset, lastOffset + 1);
  }

  #passUnreadable(baseOffset: number, lastOffset: number, error: unknown): void {
    if (!(error instanceof ProtocolError)) throw error;
    this.unreadable.push({ baseOffset, lastOffset, reason: error.message });
  }
}
