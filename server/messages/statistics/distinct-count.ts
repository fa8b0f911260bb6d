/** Up to so many different ones are told exactly. */
const MOST_EXACT = 2048;
/** 2^14 registers. */
const INDEX_BITS = 14;
const REGISTERS = 2 ** INDEX_BITS;
/** What is left of a 53-bit hash. */
const RANK_BITS = 53 - INDEX_BITS;
const STANDARD_ERROR = 1.04 / Math.sqrt(REGISTERS);

/** Plain data, so that threads can hand it over: either the hashes, while they are few, or registers. */
export interface DistinctState {
  hashes: Set<number> | null;
  registers: Uint8Array | null;
}

/**
 * How many different ones there are: exactly while they are few, then by HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007)
 * with the estimator of Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017), which needs no
 * corrections for small and large numbers.
 */
export class DistinctCount {
  readonly state: DistinctState = { hashes: new Set(), registers: null };

  /** Takes hashes of 53 bits. */
  add(hash: number): void {
    const { hashes, registers } = this.state;
    if (registers) register(registers, hash);
    else {
      hashes!.add(hash);
      if (hashes!.size > MOST_EXACT) this.#toRegisters();
    }
  }

  merge(other: DistinctState): void {
    for (const hash of other.hashes ?? []) this.add(hash);
    if (!other.registers) return;
    const registers = this.#toRegisters();
    for (const [index, rank] of other.registers.entries()) {
      if (rank > registers[index]!) registers[index] = rank;
    }
  }

  tell(): { estimate: number; isExact: boolean; relativeError: number } {
    const { hashes, registers } = this.state;
    if (hashes) return { estimate: hashes.size, isExact: true, relativeError: 0 };
    return { estimate: Math.round(estimate(registers!)), isExact: false, relativeError: STANDARD_ERROR };
  }

  #toRegisters(): Uint8Array {
    const { state } = this;
    if (state.registers) return state.registers;
    const registers = new Uint8Array(REGISTERS);
    for (const hash of state.hashes!) register(registers, hash);
    state.hashes = null;
    state.registers = registers;
    return registers;
  }
}

function register(registers: Uint8Array, hash: number): void {
  const index = hash % REGISTERS;
  const rest = Math.floor(hash / REGISTERS);
  const high = Math.floor(rest / 2 ** 32);
  const zeros = high > 0 ? Math.clz32(high) - (64 - RANK_BITS) : RANK_BITS - 32 + Math.clz32(rest);
  const rank = zeros + 1;
  if (rank > registers[index]!) registers[index] = rank;
}

/** Algorithm 6 of Ertl. */
function estimate(registers: Uint8Array): number {
  const counts = new Array<number>(RANK_BITS + 2).fill(0);
  for (const rank of registers) counts[rank]! += 1;
  let sum = REGISTERS * tau(1 - counts[RANK_BITS + 1]! / REGISTERS);
  for (let rank = RANK_BITS; rank >= 1; rank--) sum = 0.5 * (sum + counts[rank]!);
  sum += REGISTERS * sigma(counts[0]! / REGISTERS);
  return REGISTERS ** 2 / (2 * Math.LN2) / sum;
}

function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let [power, factor, sum, before] = [share, 1, share, -1];
  while (sum !== before) {
    power *= power;
    before = sum;
    sum += power * factor;
    factor *= 2;
  }
  return sum;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [root, factor, sum, before] = [share, 1, 1 - share, -1];
  while (sum !== before) {
    root = Math.sqrt(root);
    before = sum;
    factor /= 2;
    sum -= (1 - root) ** 2 * factor;
  }
  return sum / 3;
}
