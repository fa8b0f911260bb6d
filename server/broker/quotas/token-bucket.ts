/** Tokens that come in at a steady rate up to a limit, as Kafka's `TokenBucket`: it may go below zero once, and then waits. */
export class TokenBucket {
  #tokens = 0;
  #updatedAt = 0;

  /** Takes tokens. Returns how long it takes until there are no debts, in milliseconds. */
  take(count: number, perSecond: number, burst: number, now: number): number {
    this.#refill(perSecond, burst, now);
    this.#tokens = Math.min(burst, this.#tokens - count);
    return this.#debtMs(perSecond);
  }

  /** How long nothing may be taken, in milliseconds; 0 while there are no debts. */
  debtMs(perSecond: number, burst: number, now: number): number {
    this.#refill(perSecond, burst, now);
    return this.#debtMs(perSecond);
  }

  #debtMs(perSecond: number): number {
    return this.#tokens >= 0 ? 0 : Math.round((-this.#tokens / perSecond) * 1000);
  }

  #refill(perSecond: number, burst: number, now: number): void {
    this.#tokens = Math.min(burst, this.#tokens + (perSecond * (now - this.#updatedAt)) / 1000);
    this.#updatedAt = now;
  }
}
