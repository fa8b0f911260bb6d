/** A hash of 16 bytes and an offset. */
const SLOT_BYTES = 24;

/**
 * The last offset of each key, for compaction. Keys are known by a hash of 128 bits, so that the memory is bounded
 * whatever their length (Kafka's SkimpyOffsetMap does the same). All of it is taken at once; nothing is moved later.
 */
export class KeyOffsets {
  /** Keys that fit. */
  readonly capacity: number;
  readonly #slots: number;
  readonly #hashes: Int32Array;
  /** Offset + 1; 0 where there is no key. */
  readonly #offsets: Float64Array;
  readonly #seed = Math.floor(Math.random() * 0x1_0000_0000) | 0;
  readonly #hash = new Int32Array(4);
  #size = 0;

  /** Takes at most `maxBytes`, less where not more than `maxKeys` can come. */
  constructor(maxKeys: number, maxBytes: number, loadFactor: number) {
    const wanted = Math.ceil(maxKeys / loadFactor) + 1;
    this.#slots = Math.max(2, Math.min(wanted, Math.floor(maxBytes / SLOT_BYTES)));
    this.capacity = Math.max(1, Math.floor(this.#slots * loadFactor));
    this.#hashes = new Int32Array(this.#slots * 4);
    this.#offsets = new Float64Array(this.#slots);
  }

  get size(): number {
    return this.#size;
  }

  /** False when there is no room for another key. */
  put(key: Buffer, offset: number): boolean {
    const slot = this.#slotOf(key);
    if (this.#offsets[slot] === 0) {
      if (this.#size >= this.capacity) return false;
      this.#hashes.set(this.#hash, slot * 4);
      this.#size++;
    }
    this.#offsets[slot] = offset + 1;
    return true;
  }

  /** -1 for a key that was not put. */
  get(key: Buffer): number {
    return this.#offsets[this.#slotOf(key)]! - 1;
  }

  /** The slot that holds the key, or the empty one where it would be. There is always an empty one. */
  #slotOf(key: Buffer): number {
    const hash = this.#hash;
    murmur128(key, this.#seed, hash);
    const hashes = this.#hashes;
    let slot = (hash[0]! >>> 0) % this.#slots;
    for (;;) {
      if (this.#offsets[slot] === 0) return slot;
      const at = slot * 4;
      if (
        hashes[at] === hash[0] &&
        hashes[at + 1] === hash[1] &&
        hashes[at + 2] === hash[2] &&
        hashes[at + 3] === hash[3]
      ) {
        return slot;
      }
      slot = slot + 1 === this.#slots ? 0 : slot + 1;
    }
  }
}

const C1 = 0x239b961b;
const C2 = 0xab0e9789 | 0;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93 | 0;

/** MurmurHash3_x86_128, which is in the public domain. A call into node:crypto would cost ten times as much for a short key. */
export function murmur128(key: Buffer, seed: number, hash: Int32Array): void {
  let [h1, h2, h3, h4] = [seed, seed, seed, seed];
  const { length } = key;
  const end = length - (length % 16);
  for (let at = 0; at < end; at += 16) {
    h1 ^= mixed(key.readInt32LE(at), C1, 15, C2);
    h1 = (Math.imul((rotated(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= mixed(key.readInt32LE(at + 4), C2, 16, C3);
    h2 = (Math.imul((rotated(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= mixed(key.readInt32LE(at + 8), C3, 17, C4);
    h3 = (Math.imul((rotated(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= mixed(key.readInt32LE(at + 12), C4, 18, C1);
    h4 = (Math.imul((rotated(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  const rest = length - end;
  if (rest > 12) h4 ^= mixed(wordAt(key, end + 12, rest - 12), C4, 18, C1);
  if (rest > 8) h3 ^= mixed(wordAt(key, end + 8, rest - 8), C3, 17, C4);
  if (rest > 4) h2 ^= mixed(wordAt(key, end + 4, rest - 4), C2, 16, C3);
  if (rest > 0) h1 ^= mixed(wordAt(key, end, rest), C1, 15, C2);
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = finished(h1);
  h2 = finished(h2);
  h3 = finished(h3);
  h4 = finished(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  hash[0] = h1;
  hash[1] = h2 + h1;
  hash[2] = h3 + h1;
  hash[3] = h4 + h1;
}

function mixed(word: number, first: number, rotation: number, second: number): number {
  return Math.imul(rotated(Math.imul(word, first), rotation), second);
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function finished(word: number): number {
  let value = word;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/** At most four bytes as a little-endian word. */
function wordAt(key: Buffer, start: number, count: number): number {
  let word = 0;
  for (let index = Math.min(count, 4) - 1; index >= 0; index--) word = (word << 8) | key[start + index]!;
  return word;
}
