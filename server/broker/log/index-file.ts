import type { StoredFile } from './file-store.ts';

/** Entries that make a write worth while. Those not yet written are lost in a crash, and recovery makes the index anew. */
const PENDING_ENTRIES = 128;

/** Fixed-size entries in a file that grows at its end, with the newest ones gathered in memory before they are written. */
export class IndexFile {
  readonly #file: StoredFile;
  readonly #entryBytes: number;
  #pending: Buffer[] = [];

  constructor(file: StoredFile, entryBytes: number) {
    this.#file = file;
    this.#entryBytes = entryBytes;
  }

  get count(): number {
    return this.#written + this.#pending.length;
  }

  get sizeInBytes(): number {
    return this.count * this.#entryBytes;
  }

  append(entry: Buffer): void {
    this.#pending.push(entry);
  }

  create(): void {
    this.#file.create();
  }

  entry(slot: number): Buffer {
    const written = this.#written;
    if (slot >= written) return this.#pending[slot - written]!;
    return this.#file.read(slot * this.#entryBytes, this.#entryBytes);
  }

  /** The last entry whose value is at most `target`, -1 when there is none; values ascend. */
  lastAtMost(target: number, read: (entry: Buffer) => number): number {
    return lastSlotAtMost(this.count, (slot) => read(this.entry(slot)), target);
  }

  /** Keeps the first `count` entries. */
  truncate(count: number): void {
    const written = this.#written;
    this.#pending.length = Math.max(0, Math.min(this.#pending.length, count - written));
    if (count < written) this.#file.truncate(count * this.#entryBytes);
  }

  /** Writes what was gathered if that is a lot. When it throws, nothing was written and nothing is lost. */
  flushIfLong(): void {
    if (this.#pending.length >= PENDING_ENTRIES) this.flush();
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    this.#file.append(Buffer.concat(this.#pending));
    this.#pending = [];
  }

  /** Closes the file as it is. */
  close(): void {
    this.#file.close();
  }

  get #written(): number {
    return Math.floor(this.#file.size / this.#entryBytes);
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
