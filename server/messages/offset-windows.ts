/** Offsets from `start` to `end`, exclusive. */
export interface OffsetWindow {
  readonly start: number;
  readonly end: number;
}

/** How many offsets are read of what is planned. */
export function sizeOf({
  start,
  end,
  windows,
}: OffsetWindow & { readonly windows?: readonly OffsetWindow[] }): number {
  return windows ? new OffsetWindows(windows).countFrom(start) : end - start;
}

/** Parts of a log that are read while the rest is passed over. */
export class OffsetWindows {
  readonly #windows: readonly OffsetWindow[];

  /** @param windows from low to high; none is empty, none overlaps another */
  constructor(windows: readonly OffsetWindow[]) {
    this.#windows = windows;
  }

  /** The first offset in a window, at this one or after it; null: there is none. */
  next(offset: number): number | null {
    const window = this.#windows[this.#indexAt(offset)];
    return window ? Math.max(window.start, offset) : null;
  }

  /** Where the window ends that an offset is in, or before. */
  endAt(offset: number): number {
    return this.#windows[this.#indexAt(offset)]?.end ?? offset;
  }

  /** Where the last window ends that lies within so many offsets after one; at least the one that it is in, or before. */
  endWithin(offset: number, offsets: number): number {
    const index = this.#indexAt(offset);
    const last = this.#indexAt(offset + offsets) - 1;
    return this.#windows[Math.max(index, last)]?.end ?? offset;
  }

  /** How many offsets are in windows from this one on. */
  countFrom(offset: number): number {
    let count = 0;
    for (let index = this.#indexAt(offset); index < this.#windows.length; index++) {
      const { start, end } = this.#windows[index]!;
      count += end - Math.max(start, offset);
    }
    return count;
  }

  /** The first window that ends after an offset. */
  #indexAt(offset: number): number {
    let [low, high] = [0, this.#windows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#windows[middle]!.end > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
