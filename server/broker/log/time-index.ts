import type { StoredFile } from './file-store.ts';
import { lastSlotAtMost } from './offset-index.ts';

const ENTRY_BYTES = 12;

export interface TimestampOffset {
  /** Milliseconds since the epoch, -1 when there is none. */
  readonly timestamp: number;
  readonly offset: number;
}

/**
 * A segment's `.timeindex`: the highest timestamp so far and the last offset of the batch that brought it.
 * An entry (T, O) promises that no record after O … is needed to find one older than T.
 */
export class TimeIndex {
  readonly #file: StoredFile;
  readonly #baseOffset: number;
  #last: TimestampOffset | null = null;

  constructor(file: StoredFile, baseOffset: number) {
    this.#file = file;
    this.#baseOffset = baseOffset;
  }

  get sizeInBytes(): number {
    return this.#file.size;
  }

  /** Does nothing unless the timestamp is higher than the last entry's. */
  appendIfLater(timestamp: number, offset: number): void {
    if (timestamp < 0 || timestamp <= this.lastEntry().timestamp) return;
    const entry = Buffer.allocUnsafe(ENTRY_BYTES);
    entry.writeBigInt64BE(BigInt(timestamp), 0);
    entry.writeInt32BE(offset - this.#baseOffset, 8);
    this.#file.append(entry);
    this.#last = { timestamp, offset };
  }

  /** The last entry whose timestamp is at most the one given; the segment's start when there is none. */
  entryBefore(timestamp: number): TimestampOffset {
    const slot = lastSlotAtMost(this.#entryCount, (index) => this.#entry(index).timestamp, timestamp);
    return slot < 0 ? { timestamp: -1, offset: this.#baseOffset } : this.#entry(slot);
  }

  lastEntry(): TimestampOffset {
    if (this.#last === null) {
      const count = this.#entryCount;
      this.#last = count === 0 ? { timestamp: -1, offset: this.#baseOffset } : this.#entry(count - 1);
    }
    return this.#last;
  }

  /** Forgets entries of offsets at or after `offset`. */
  truncateTo(offset: number): void {
    const last = lastSlotAtMost(this.#entryCount, (slot) => this.#entry(slot).offset, offset - 1);
    this.#file.truncate((last + 1) * ENTRY_BYTES);
    this.#last = null;
  }

  close(): void {
    this.#file.close();
  }

  get #entryCount(): number {
    return Math.floor(this.#file.size / ENTRY_BYTES);
  }

  #entry(slot: number): TimestampOffset {
    const entry = this.#file.read(slot * ENTRY_BYTES, ENTRY_BYTES);
    return {
      timestamp: Number(entry.readBigInt64BE(0)),
      offset: this.#baseOffset + entry.readInt32BE(8),
    };
  }
}
