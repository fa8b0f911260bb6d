import { readInt64 } from '../../protocol/records/batch-header.ts';
import type { StoredFile } from './file-store.ts';
import { IndexFile } from './index-file.ts';

const ENTRY_BYTES = 12;

export interface TimestampOffset {
  /** Milliseconds since the epoch, -1 when there is none. */
  readonly timestamp: number;
  readonly offset: number;
}

/**
 * A segment's `.timeindex`: the highest timestamp so far and the last offset of the batch that brought it. Everything
 * before that batch is older, so a search for that time or a later one may begin there.
 */
export class TimeIndex {
  readonly #entries: IndexFile;
  readonly #baseOffset: number;
  #last: TimestampOffset | null = null;

  constructor(file: StoredFile, baseOffset: number) {
    this.#entries = new IndexFile(file, ENTRY_BYTES);
    this.#baseOffset = baseOffset;
  }

  get sizeInBytes(): number {
    return this.#entries.sizeInBytes;
  }

  /** Does nothing unless the timestamp is higher than the last entry's. */
  appendIfLater(timestamp: number, offset: number): void {
    if (timestamp < 0 || timestamp <= this.lastEntry().timestamp) return;
    const entry = Buffer.allocUnsafe(ENTRY_BYTES);
    entry.writeBigInt64BE(BigInt(timestamp), 0);
    entry.writeInt32BE(offset - this.#baseOffset, 8);
    this.#entries.append(entry);
    this.#last = { timestamp, offset };
  }

  /** The last entry whose timestamp is at most the one given; the segment's start when there is none. */
  entryBefore(timestamp: number): TimestampOffset {
    return this.#at(this.#entries.lastAtMost(timestamp, (entry) => readInt64(entry, 0)));
  }

  lastEntry(): TimestampOffset {
    this.#last ??= this.#at(this.#entries.count - 1);
    return this.#last;
  }

  /** Forgets entries of offsets at or after `offset`. */
  truncateTo(offset: number): void {
    const last = this.#entries.lastAtMost(offset - 1 - this.#baseOffset, (entry) => entry.readInt32BE(8));
    this.#entries.truncate(last + 1);
    this.#last = null;
  }

  clear(): void {
    this.#entries.truncate(0);
    this.#last = null;
  }

  create(): void {
    this.#entries.create();
  }

  flushIfLong(): void {
    this.#entries.flushIfLong();
  }

  flush(): void {
    this.#entries.flush();
  }

  close(): void {
    this.#entries.close();
  }

  #at(slot: number): TimestampOffset {
    if (slot < 0) return { timestamp: -1, offset: this.#baseOffset };
    const entry = this.#entries.entry(slot);
    return { timestamp: readInt64(entry, 0), offset: this.#baseOffset + entry.readInt32BE(8) };
  }
}
