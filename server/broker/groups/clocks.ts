/** Timers by name. None of them keeps the process alive. */
export class Clocks {
  readonly #timers = new Map<string, { timer: NodeJS.Timeout; ms: number; ring: () => void }>();

  /** Starts a clock, or starts it anew. */
  set(name: string, ms: number, ring: () => void): void {
    const known = this.#timers.get(name);
    if (known?.ms === ms) {
      known.ring = ring;
      known.timer.refresh();
      return;
    }
    this.cancel(name);
    const timer = setTimeout(() => {
      const due = this.#timers.get(name);
      this.#timers.delete(name);
      due?.ring();
    }, ms);
    timer.unref();
    this.#timers.set(name, { timer, ms, ring });
  }

  isSet(name: string): boolean {
    return this.#timers.has(name);
  }

  setIfAbsent(name: string, ms: number, ring: () => void): void {
    if (!this.isSet(name)) this.set(name, ms, ring);
  }

  cancel(name: string): void {
    clearTimeout(this.#timers.get(name)?.timer);
    this.#timers.delete(name);
  }

  clear(): void {
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
