import { baseOffsetAt, batchSizeAt, lastOffsetAt, positionOfOffset } from './batch-walk.ts';

/** What a kept piece costs besides its bytes. */
const PIECE_OVERHEAD_BYTES = 200;
/** Pieces that are gone are cut off the front of the list only when they are many, and most of it. */
const LAZY_HEAD = 64;

/**
 * The newest batches of all logs of the process, in memory up to one budget, oldest out first: whoever reads near the
 * end of a log (followers, live consumers) never touches the disk.
 */
export class RecentBatches {
  readonly #budget: number;
  /** The owners of kept pieces in the order they were added. */
  #queue: RecentTail[] = [];
  #head = 0;
  #bytes = 0;

  constructor(budgetBytes: number) {
    this.#budget = budgetBytes;
  }

  get sizeInBytes(): number {
    return this.#bytes;
  }

  /** For RecentTail: counts a piece and drops the oldest ones beyond the budget. */
  added(tail: RecentTail, bytes: number): void {
    this.#queue.push(tail);
    this.#bytes += bytes + PIECE_OVERHEAD_BYTES;
    while (this.#bytes > this.#budget && this.#head < this.#queue.length) {
      // A tail that was cleared has fewer pieces than entries here: those entries are empty by now.
      this.#bytes -= this.#queue[this.#head++]!.dropOldest();
    }
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }

  /** For RecentTail: pieces were dropped by their owner. */
  released(bytes: number): void {
    this.#bytes -= bytes;
  }

  pieceCost(bytes: number): number {
    return bytes + PIECE_OVERHEAD_BYTES;
  }
}

/** The newest batches of one log: gapless pieces that end at the log's end. */
export class RecentTail {
  readonly #all: RecentBatches;
  #pieces: Buffer[] = [];
  #starts: number[] = [];
  #head = 0;

  constructor(all: RecentBatches) {
    this.#all = all;
  }

  /** First offset that is kept, Infinity when none is. */
  get startOffset(): number {
    return this.#starts[this.#head] ?? Number.POSITIVE_INFINITY;
  }

  /** Whole batches that follow those added before. */
  add(batches: Buffer): void {
    this.#pieces.push(batches);
    this.#starts.push(baseOffsetAt(batches, 0));
    this.#all.added(this, batches.length);
  }

  /** Drops the oldest piece and returns what it cost. */
  dropOldest(): number {
    if (this.#head >= this.#pieces.length) return 0;
    const cost = this.#all.pieceCost(this.#pieces[this.#head]!.length);
    this.#pieces[this.#head] = EMPTY;
    this.#head++;
    const { length } = this.#pieces;
    if (this.#head === length || (this.#head > LAZY_HEAD && this.#head * 2 > length)) {
      this.#pieces = this.#pieces.slice(this.#head);
      this.#starts = this.#starts.slice(this.#head);
      this.#head = 0;
    }
    return cost;
  }

  /** Drops pieces that begin before `offset`. */
  dropBefore(offset: number): void {
    while (this.startOffset < offset) this.#all.released(this.dropOldest());
  }

  /** Forgets everything: the log was truncated or closed. */
  clear(): void {
    let cost = 0;
    for (let index = this.#head; index < this.#pieces.length; index++) {
      cost += this.#all.pieceCost(this.#pieces[index]!.length);
    }
    this.#pieces = [];
    this.#starts = [];
    this.#head = 0;
    this.#all.released(cost);
  }

  /** As LogSegment.read, for an offset not before `startOffset`. The pieces are shared: nobody may change them. */
  read(offset: number, maxBytes: number, limit: number): Buffer[] {
    const found: Buffer[] = [];
    let room = maxBytes;
    let index = this.#pieceOf(offset);
    let from = positionOfOffset(this.#pieces[index]!, offset);
    for (; index < this.#pieces.length; index++, from = 0) {
      const piece = this.#pieces[index]!;
      let end = from;
      while (end < piece.length) {
        const size = batchSizeAt(piece, end);
        const first = found.length === 0 && end === from;
        if ((size > room && !first) || lastOffsetAt(piece, end) >= limit) break;
        end += size;
        room -= size;
      }
      if (end > from) found.push(from === 0 && end === piece.length ? piece : piece.subarray(from, end));
      if (end < piece.length) break;
    }
    return found;
  }

  #pieceOf(offset: number): number {
    let low = this.#head;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const EMPTY = Buffer.alloc(0);
