import type { StoredFile } from './file-store.ts';
import type { EndedTransaction } from './open-transactions.ts';

/** version 2 · producer id 8 · first offset 8 · last offset 8 · last stable offset 8 */
const ENTRY_BYTES = 34;
const VERSION = 0;

/** A transaction whose records a reader of committed data leaves out. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

/**
 * A segment's `.txnindex`: the transactions whose abort markers are in the segment, in the order of the markers. The file
 * appears with the first of them. Their records may lie in segments before.
 */
export class AbortedTransactions {
  readonly #file: StoredFile;
  /** Those that a full disk did not take: their markers are in the log, so they must not be lost. */
  #unwritten: Buffer[] = [];

  constructor(file: StoredFile) {
    this.#file = file;
  }

  get isEmpty(): boolean {
    return this.#file.size === 0 && this.#unwritten.length === 0;
  }

  append(ended: EndedTransaction): void {
    const entry = Buffer.allocUnsafe(ENTRY_BYTES);
    entry.writeInt16BE(VERSION, 0);
    entry.writeBigInt64BE(BigInt(ended.producerId), 2);
    entry.writeBigInt64BE(BigInt(ended.firstOffset), 10);
    entry.writeBigInt64BE(BigInt(ended.lastOffset), 18);
    entry.writeBigInt64BE(BigInt(ended.lastStableOffset), 26);
    this.#unwritten.push(entry);
    try {
      this.#file.append(Buffer.concat(this.#unwritten));
      this.#unwritten = [];
    } catch {
      // It goes with the next one; should the broker end before, recovery makes the file anew.
    }
  }

  /** All of them, in the order of their markers. */
  all(): EndedTransaction[] {
    const entries = this.#entries();
    const all: EndedTransaction[] = [];
    for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
      all.push({
        producerId: Number(entries.readBigInt64BE(at + 2)),
        firstOffset: Number(entries.readBigInt64BE(at + 10)),
        lastOffset: lastOffsetIn(entries, at),
        aborted: true,
        lastStableOffset: Number(entries.readBigInt64BE(at + 26)),
      });
    }
    return all;
  }

  /**
   * Adds to `found` those that have records from `from` on and before `to`. True when no later segment can hold another:
   * all that comes after lies beyond `to`.
   */
  collect(from: number, to: number, found: AbortedTransaction[]): boolean {
    const entries = this.#entries();
    for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
      const firstOffset = Number(entries.readBigInt64BE(at + 10));
      if (lastOffsetIn(entries, at) >= from && firstOffset < to) {
        found.push({ producerId: Number(entries.readBigInt64BE(at + 2)), firstOffset });
      }
      if (Number(entries.readBigInt64BE(at + 26)) >= to) return true;
    }
    return false;
  }

  /** Forgets those whose marker is at `offset` or after. */
  truncateTo(offset: number): void {
    const entries = this.#entries();
    this.#unwritten = this.#unwritten.filter((entry) => lastOffsetIn(entry, 0) < offset);
    let end = 0;
    while (end + ENTRY_BYTES <= entries.length && lastOffsetIn(entries, end) < offset) end += ENTRY_BYTES;
    this.#file.truncate(end);
  }

  clear(): void {
    this.#unwritten = [];
    if (this.#file.size > 0) this.#file.truncate(0);
  }

  close(): void {
    this.#file.close();
  }

  #entries(): Buffer {
    if (this.isEmpty) return NONE;
    return Buffer.concat([this.#file.read(0, this.#file.size), ...this.#unwritten]);
  }
}

const NONE = Buffer.alloc(0);

function lastOffsetIn(entries: Buffer, at: number): number {
  return Number(entries.readBigInt64BE(at + 18));
}
