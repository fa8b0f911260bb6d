/** Which of a series are settled, as they settle in any order: up to where all are. */
export class SettledPrefix {
  #unsettled: { number: number; isSettled: boolean }[] = [];
  #first = 0;
  #upTo: number;

  /** @param upTo the number before the first one */
  constructor(upTo: number) {
    this.#upTo = upTo;
  }

  /** The last number of which it and all before are settled. */
  get upTo(): number {
    return this.#upTo;
  }

  /** Begins one; numbers ascend. Gives what settles it. */
  begin(number: number): () => void {
    const one = { number, isSettled: false };
    this.#unsettled.push(one);
    return () => {
      one.isSettled = true;
      this.#advance();
    };
  }

  #advance(): void {
    while (this.#unsettled[this.#first]?.isSettled) {
      this.#upTo = this.#unsettled[this.#first]!.number;
      this.#first += 1;
    }
    // Taking each off the front would move all others.
    if (this.#first > 1024 && this.#first * 2 > this.#unsettled.length) {
      this.#unsettled = this.#unsettled.slice(this.#first);
      this.#first = 0;
    }
  }
}
