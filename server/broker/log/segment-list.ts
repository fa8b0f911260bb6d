import { lastSlotAtMost } from './index-file.ts';
import type { LogSegment } from './log-segment.ts';

/** The segments of a log in order; there is always one. */
export class SegmentList implements Iterable<LogSegment> {
  #segments: LogSegment[];

  constructor(segments: LogSegment[]) {
    this.#segments = segments;
  }

  get length(): number {
    return this.#segments.length;
  }

  get first(): LogSegment {
    return this.#segments[0]!;
  }

  /** The last one, which gets the appends. */
  get active(): LogSegment {
    return this.#segments.at(-1)!;
  }

  get sizeInBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.sizeInBytes, 0);
  }

  has(segment: LogSegment): boolean {
    return this.#segments.includes(segment);
  }

  hasBase(offset: number): boolean {
    return this.#segments.some((segment) => segment.baseOffset === offset);
  }

  /** The segment that holds `offset`, or would, and all after it. */
  from(offset: number): LogSegment[] {
    const slot = lastSlotAtMost(this.#segments.length, (index) => this.#segments[index]!.baseOffset, offset);
    return this.#segments.slice(Math.max(0, slot));
  }

  /** Where the segment after this one begins; undefined for the active one. */
  nextBase(segment: LogSegment): number | undefined {
    return this.#segments[this.#segments.indexOf(segment) + 1]?.baseOffset;
  }

  push(segment: LogSegment): void {
    this.#segments.push(segment);
  }

  /** Takes out those that lie wholly below `offset`, and returns them; the active one stays. */
  takeBelow(offset: number): LogSegment[] {
    let count = 0;
    while (count + 1 < this.#segments.length && this.#segments[count + 1]!.baseOffset <= offset) count++;
    return this.#segments.splice(0, count);
  }

  /** Takes out those that begin beyond `offset`, and returns them; the first one stays. */
  takeBeyond(offset: number): LogSegment[] {
    let keep = this.#segments.length;
    while (keep > 1 && this.#segments[keep - 1]!.baseOffset > offset) keep--;
    return this.#segments.splice(keep);
  }

  /** Puts one segment in the place of neighbours, or of all. */
  replace(old: readonly LogSegment[], by: LogSegment): void {
    this.#segments.splice(this.#segments.indexOf(old[0]!), old.length, by);
  }

  [Symbol.iterator](): Iterator<LogSegment> {
    return this.#segments[Symbol.iterator]();
  }
}
