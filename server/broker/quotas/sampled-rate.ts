interface Sample {
  startMs: number;
  lastEventMs: number;
  sum: number;
}

/** A rate over a sliding window of samples, counted as Kafka's `Rate` does. Times are milliseconds. */
export class SampledRate {
  readonly #windowMs: number;
  readonly #count: number;
  #samples: Sample[] = [];

  /** @param count samples in the window, each of `windowMs` */
  constructor(count: number, windowMs: number) {
    this.#count = count;
    this.#windowMs = windowMs;
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

  /** How long the samples reach back; a young rate counts as if it were almost a whole window old. */
  windowMs(now: number): number {
    const expired = this.#count * this.#windowMs;
    this.#samples = this.#samples.filter((sample) => now - sample.lastEventMs < expired);
    const elapsed = now - (this.#samples[0]?.startMs ?? now);
    const missing = this.#count - 1 - Math.floor(elapsed / this.#windowMs);
    return elapsed + Math.max(0, missing) * this.#windowMs || this.#windowMs;
  }

  /** How long to wait until the rate is down to `bound` a second; 0 when it is not above it. */
  delayMs(bound: number, now: number): number {
    const rate = this.perSecond(now);
    return rate <= bound ? 0 : Math.round(((rate - bound) / bound) * this.windowMs(now));
  }
}
