/** What an operator makes go wrong between brokers, to see what the cluster does about it. Clients still reach every broker. */
export class Faults {
  readonly #cut = new Set<number>();
  readonly #delays = new Map<number, number>();
  readonly #waiting = new Map<number, Set<() => void>>();

  /** The broker reaches no other, nor the controller; nor do they reach it. */
  cut(brokerId: number): void {
    this.#cut.add(brokerId);
  }

  isCut(brokerId: number): boolean {
    return this.#cut.has(brokerId);
  }

  /** Resolves at once when the broker reaches the others, else when it does again. */
  untilReachable(brokerId: number): Promise<void> {
    if (!this.isCut(brokerId)) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(brokerId) ?? new Set();
      this.#waiting.set(brokerId, waiting.add(resolve));
    });
  }

  mend(brokerId: number): void {
    this.#cut.delete(brokerId);
    const waiting = this.#waiting.get(brokerId);
    this.#waiting.delete(brokerId);
    for (const resolve of waiting ?? []) resolve();
  }

  /** The broker waits for so long before each fetch from a leader; 0: no longer. */
  slow(brokerId: number, delayMs: number): void {
    if (delayMs > 0) this.#delays.set(brokerId, delayMs);
    else this.#delays.delete(brokerId);
  }

  /** Milliseconds before each fetch of a broker; 0 for one that is not slow. */
  delayMs(brokerId: number): number {
    return this.#delays.get(brokerId) ?? 0;
  }
}
