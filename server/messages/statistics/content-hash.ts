/**
 * 53-bit hashes, as many bits as a number holds exactly: MurmurHash3's 32-bit function (Austin Appleby, public domain) with
 * two seeds in one go. Good for counting; not against somebody who looks for collisions, whom they win nothing but a wrong
 * figure about their own messages.
 */
const SECOND_SEED = 0x5bd1e995;
const NULL_HASH = 0x1b873593;
const HIGH_BITS = 0x1fffff;
export const HASH_END = 2 ** 53;

/** Of some bytes; null is none of them. `seed` is a hash of what came before. */
export function hashOf(bytes: Uint8Array | null, seed = 0): number {
  let one = seed >>> 0;
  let two = SECOND_SEED ^ ((seed / 2 ** 32) >>> 0);
  if (bytes === null) return joined(finished(one ^ NULL_HASH), finished(two ^ NULL_HASH));
  const { length } = bytes;
  const words = length & ~3;
  for (let at = 0; at < words; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    const mixed = mix(word);
    one = round(one ^ mixed);
    two = round(two ^ mixed);
  }
  let rest = 0;
  for (let at = length - 1; at >= words; at--) rest = (rest << 8) | bytes[at]!;
  if (words < length) {
    const mixed = mix(rest);
    one ^= mixed;
    two ^= mixed;
  }
  return joined(finished(one ^ length), finished(two ^ length));
}

function mix(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

function round(state: number): number {
  return (Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(state: number): number {
  let hash = state;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function joined(low: number, high: number): number {
  return (high & HIGH_BITS) * 2 ** 32 + low;
}
