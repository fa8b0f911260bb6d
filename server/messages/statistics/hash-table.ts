const FIRST_CAPACITY = 256;

/** Numbers 0, 1, 2 … for hashes in the order in which they come, by open addressing. */
export class HashTable {
  /** The hashes, by their numbers; only the first `size` count. */
  hashes = new Float64Array(FIRST_CAPACITY);
  size = 0;
  #places = new Int32Array(2 * FIRST_CAPACITY);

  /** The number of a hash; a new one gets the next. */
  numberOf(hash: number): number {
    const mask = this.#places.length - 1;
    let place = (hash >>> 0) & mask;
    for (;;) {
      const taken = this.#places[place]!;
      if (taken === 0) break;
      if (this.hashes[taken - 1] === hash) return taken - 1;
      place = (place + 1) & mask;
    }
    if (this.size === this.hashes.length) {
      this.#grow();
      return this.numberOf(hash);
    }
    this.hashes[this.size] = hash;
    this.size += 1;
    this.#places[place] = this.size;
    return this.size - 1;
  }

  #grow(): void {
    const hashes = new Float64Array(2 * this.hashes.length);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.#places = new Int32Array(2 * hashes.length);
    const mask = this.#places.length - 1;
    for (let number = 0; number < this.size; number++) {
      let place = (hashes[number]! >>> 0) & mask;
      while (this.#places[place] !== 0) place = (place + 1) & mask;
      this.#places[place] = number + 1;
    }
  }
}
