/** Numbers that look random and are the same for the same seed. Not for secrets. */
export interface Random {
  /** From 0 up to, not including, 1; 53 bits. */
  next(): number;
  /** 32 bits, from 0. */
  bits(): number;
}

/** A source of random numbers for each message of a series: what one message draws changes nothing for the others. */
export function randomSeries(seed: string): (index: number) => Random {
  const [a, b, c, d] = [0, 8, 16, 24].map((at) => Number.parseInt(seed.slice(at, at + 8), 16)) as Words;
  return (index) => {
    const low = index >>> 0;
    const high = Math.floor(index / 2 ** 32) >>> 0;
    // Every word has to depend on the index, or neighbours would begin alike.
    return sfc32(mix(a ^ low), mix(b + low + 0x9e3779b9), mix(c ^ high ^ (low << 16)), mix(d + high) ^ low);
  };
}

type Words = [number, number, number, number];

/** Finalizer of MurmurHash3: every bit of the input changes half of the output's. */
function mix(word: number): number {
  let hash = word >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Chris Doty-Humphrey's Small Fast Counter, 32 bits (PractRand). */
function sfc32(a: number, b: number, c: number, counter: number): Random {
  const bits = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // The first few still look like the seed.
  for (let round = 0; round < 12; round++) bits();
  return {
    bits,
    next: () => (bits() * 2 ** 21 + (bits() >>> 11)) / 2 ** 53,
  };
}
