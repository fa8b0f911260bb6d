interface WaitingAppend {
  readonly offset: number;
  readonly settle: (errorCode: number) => void;
}

/** Appends that wait for the high watermark, and readers that wait for any progress. Most partitions have none. */
export class Waiting {
  /** Ascending by offset: appends come in that order. */
  #appends: WaitingAppend[] = [];
  #readers: Set<() => void> | null = null;

  /**
   * Resolves with 0 once the high watermark reaches `offset`, with `timeoutCode` when it does not in time,
   * or with the code given to `abandon`.
   */
  untilReplicated(offset: number, timeoutMs: number, timeoutCode: number): Promise<number> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => {
          this.#appends = this.#appends.filter((append) => append !== waiting);
          resolve(timeoutCode);
        },
        Math.max(0, timeoutMs),
      );
      const waiting: WaitingAppend = {
        offset,
        settle: (errorCode) => {
          clearTimeout(timer);
          resolve(errorCode);
        },
      };
      this.#appends.push(waiting);
    });
  }

  /** Settles the appends that are replicated now. */
  replicatedUpTo(highWatermark: number): void {
    let settled = 0;
    while (settled < this.#appends.length && this.#appends[settled]!.offset <= highWatermark) {
      this.#appends[settled++]!.settle(0);
    }
    if (settled > 0) this.#appends = this.#appends.slice(settled);
  }

  /** Settles all appends with an error: this replica no longer leads. */
  abandon(errorCode: number): void {
    for (const append of this.#appends.splice(0)) append.settle(errorCode);
  }

  /** Calls back on every change of what can be read. Returns how to stop. */
  onProgress(reader: () => void): () => void {
    this.#readers ??= new Set();
    this.#readers.add(reader);
    return () => {
      this.#readers?.delete(reader);
      if (this.#readers?.size === 0) this.#readers = null;
    };
  }

  /** Resolves when `isMet` holds after some progress, or the time is over. */
  until(isMet: () => boolean, timeoutMs: number): Promise<void> {
    if (isMet() || timeoutMs <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        forget();
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      const forget = this.onProgress(() => {
        if (isMet()) done();
      });
    });
  }

  progress(): void {
    if (this.#readers === null) return;
    for (const reader of [...this.#readers]) reader();
  }
}
