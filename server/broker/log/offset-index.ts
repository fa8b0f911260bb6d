import type { StoredFile } from './file-store.ts';

const ENTRY_BYTES = 8;

/**
 * A segment's `.index`: every few kilobytes the last offset of a batch (relative to the segment's base) and the
 * position of that batch. Kept on disk only; a lookup is a binary search of some twenty small reads.
 */
export class OffsetIndex {
  readonly #file: StoredFile;
  readonly #baseOffset: number;

  constructor(file: StoredFile, baseOffset: number) {
    this.#file = file;
    this.#baseOffset = baseOffset;
  }

  get sizeInBytes(): number {
    return this.#file.size;
  }

  append(offset: number, position: number): void {
    const entry = Buffer.allocUnsafe(ENTRY_BYTES);
    entry.writeInt32BE(offset - this.#baseOffset, 0);
    entry.writeInt32BE(position, 4);
    this.#file.append(entry);
  }

  /** Position of a batch that is not after the one with `offset`; the nearest the index knows. */
  positionBefore(offset: number): number {
    const relative = offset - this.#baseOffset;
    const slot = lastSlotAtMost(this.#entryCount, (index) => this.#entry(index).readInt32BE(0), relative);
    return slot < 0 ? 0 : this.#entry(slot).readInt32BE(4);
  }

  /** Position of the last batch that is indexed, 0 when none is. */
  lastPosition(): number {
    const count = this.#entryCount;
    return count === 0 ? 0 : this.#entry(count - 1).readInt32BE(4);
  }

  /** Forgets batches at or after `position`. */
  truncateToPosition(position: number): void {
    const last = lastSlotAtMost(this.#entryCount, (slot) => this.#entry(slot).readInt32BE(4), position - 1);
    this.#file.truncate((last + 1) * ENTRY_BYTES);
  }

  close(): void {
    this.#file.close();
  }

  get #entryCount(): number {
    return Math.floor(this.#file.size / ENTRY_BYTES);
  }

  #entry(slot: number): Buffer {
    return this.#file.read(slot * ENTRY_BYTES, ENTRY_BYTES);
  }
}

/** The last of `count` ascending values that is at most `target`, or -1. */
export function lastSlotAtMost(count: number, valueAt: (slot: number) => number, target: number): number {
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) <= target) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}
