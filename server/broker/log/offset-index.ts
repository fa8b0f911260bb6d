import type { StoredFile } from './file-store.ts';
import { IndexFile } from './index-file.ts';

const ENTRY_BYTES = 8;

/**
 * A segment's `.index`: every few kilobytes the last offset of a batch (relative to the segment's base) and the
 * position of that batch. Not kept in memory; a lookup is a binary search of some twenty small reads.
 */
export class OffsetIndex {
  readonly #entries: IndexFile;
  readonly #baseOffset: number;

  constructor(file: StoredFile, baseOffset: number) {
    this.#entries = new IndexFile(file, ENTRY_BYTES);
    this.#baseOffset = baseOffset;
  }

  get sizeInBytes(): number {
    return this.#entries.sizeInBytes;
  }

  append(offset: number, position: number): void {
    const entry = Buffer.allocUnsafe(ENTRY_BYTES);
    entry.writeInt32BE(offset - this.#baseOffset, 0);
    entry.writeInt32BE(position, 4);
    this.#entries.append(entry);
  }

  /** Position of a batch that is not after the one with `offset`; the nearest the index knows. */
  positionBefore(offset: number): number {
    const slot = this.#entries.lastAtMost(offset - this.#baseOffset, (entry) => entry.readInt32BE(0));
    return slot < 0 ? 0 : positionIn(this.#entries.entry(slot));
  }

  /** Position of the last batch that is indexed, 0 when none is. */
  lastPosition(): number {
    const { count } = this.#entries;
    return count === 0 ? 0 : positionIn(this.#entries.entry(count - 1));
  }

  /** Forgets batches at or after `position`. */
  truncateToPosition(position: number): void {
    this.#entries.truncate(this.#entries.lastAtMost(position - 1, positionIn) + 1);
  }

  clear(): void {
    this.#entries.truncate(0);
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
}

function positionIn(entry: Buffer): number {
  return entry.readInt32BE(4);
}
