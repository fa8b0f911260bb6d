interface Sample {
  startMs: number;
  lastEventMs: number;
  sum: number;
}

/** A rate over a sliding window of samples, counted as Kafka's `Rate` does. Times are milliseconds. */
export class SampledRate {
  readonly #windowMs: number;
  readonly #count: number;
  readonly #isWhole: boolean;
  #samples: Sample[] = [];

  /**
   * @param count samples in the window, each of `windowMs`
   * @param age whether a young rate counts as if it were a whole window old (Kafka's Rate), or only as it is (SimpleRate)
   */
  constructor(count: number, windowMs: number, age: 'a whole window' | 'as old as it is' = 'a whole window') {
    this.#count = count;
    this.#windowMs = windowMs;
    this.#isWhole = age === 'a whole window';
  }

  record(value: number, now: number): void {
    let current = this.#samples.at(-1);
    if (current === undefined || now - current.startMs >= this.#windowMs) {
      current = { startMs: now, lastEventMs: now, sum: 0 };
      this.#samples.push(current);
    }
    current.sum += value;
    current.lastEventMs = now;
  }

  /** Per second. */
  perSecond(now: number): number {
    const windowMs = this.windowMs(now);
    return (this.#samples.reduce((sum, sample) => sum + sample.sum, 0) * 1000) / windowMs;
  }

  /** How long the samples reach back. */
  windowMs(now: number): number {
    const expired = this.#count * this.#windowMs;
    this.#samples = this.#samples.filter((sample) => now - sample.lastEventMs < expired);
    const elapsed = now - (this.#samples[0]?.startMs ?? now);
    if (!this.#isWhole) return Math.max(elapsed, this.#windowMs);
    const missing = this.#count - 1 - Math.floor(elapsed / this.#windowMs);
    return elapsed + Math.max(0, missing) * this.#windowMs || this.#windowMs;
  }

  /** How long to wait until the rate is down to `bound` a second; 0 when it is not above it. */
  delayMs(bound: number, now: number): number {
    const rate = this.perSecond(now);
    return rate <= bound ? 0 : Math.round(((rate - bound) / bound) * this.windowMs(now));
  }
}
