/** Things that lie on brokers and can be moved between them: replicas, or leaderships. */
export interface Load {
  /** How many of the things each broker has; kept up to date by `move`. */
  readonly counts: Int32Array;
  /** Decides between brokers of equal count: the one with more gives, the one with less gets. */
  readonly ties: Int32Array;
  /** The things that each broker has, in any order; kept up to date by `evenOut`. */
  readonly held: readonly number[][];
  /** Whether anything at all might go from one broker to another. */
  isWay(from: number, to: number): boolean;
  canMove(thing: number, from: number, to: number): boolean;
  move(thing: number, from: number, to: number): void;
}

/** What searching has shown so far. */
interface Memory {
  /** By broker, where the last search in its things ended: what could not move just before will hardly move now. */
  readonly cursors: Int32Array;
  /** Pairs of brokers between which nothing could move when last tried. Moves elsewhere may have changed that. */
  readonly closed: Set<number>;
  /** Checks of single moves left, see BUDGET. */
  budget: number;
}

/**
 * Checks of single moves after which a search ends with what it has: some tenths of a second. Only clusters of some ten
 * thousand partitions come near it, and lack a few units of evenness then.
 */
const BUDGET = 3_000_000;
/** Chains tried from one broker whose steps do not go together. */
const MOST_CLASHES = 20;

interface Step {
  readonly from: number;
  readonly to: number;
  /** Index in what `from` holds. */
  readonly at: number;
}

/**
 * Moves things until the brokers' counts are as even as the rules allow. While some broker has at least two more than
 * another one that it can reach over a chain of allowed moves, one thing is passed along the shortest such chain: when there
 * is no such chain left, the sum of squares of the counts is the least possible (optimal semi-matchings, Harvey et al. 2006).
 * Ends early when BUDGET is used up.
 */
export function evenOut(load: Load): void {
  const { counts } = load;
  const memory: Memory = { cursors: new Int32Array(counts.length), closed: new Set(), budget: BUDGET };
  const isDone = new Uint8Array(counts.length);
  /** Nothing has moved since it was cleared. */
  let isMemoryFresh = true;
  /** Something has moved since brokers were done with. */
  let isDoneStale = false;
  let clashes = 0;
  while (memory.budget > 0) {
    const from = fullest(load, isDone);
    if (from < 0 || counts[from]! - leastOf(counts) < 2) {
      if (!isDoneStale) return;
      isDone.fill(0);
      isDoneStale = false;
      continue;
    }
    const reached: number[] = [];
    const direct = directStep(load, memory, from);
    const chain = direct ? [direct] : shortestChain(load, memory, from, reached);
    if (!chain && !isMemoryFresh) {
      memory.closed.clear();
      isMemoryFresh = true;
    } else if (!chain) {
      // Whatever is reached from here reaches no broker that has two less either.
      for (const broker of reached) isDone[broker] = 1;
    } else if (passAlong(load, chain)) {
      isMemoryFresh = false;
      isDoneStale ||= isDone.includes(1);
      clashes = 0;
    } else if (++clashes < MOST_CLASHES) {
      // Another choice of things may do.
      for (const { from: giver } of chain) memory.cursors[giver]! += 1;
    } else {
      isDone[from] = 1;
      clashes = 0;
    }
  }
}

function fullest({ counts, ties }: Load, isDone: Uint8Array): number {
  let found = -1;
  for (let broker = 0; broker < counts.length; broker++) {
    if (isDone[broker] === 1) continue;
    const more = found < 0 ? 1 : counts[broker]! - counts[found]! || ties[broker]! - ties[found]!;
    if (more > 0) found = broker;
  }
  return found;
}

function leastOf(counts: Int32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (const count of counts) if (count < least) least = count;
  return least;
}

/** A move straight to the emptiest broker that has at least two less and can take something. */
function directStep(load: Load, memory: Memory, from: number): Step | undefined {
  const { counts, ties } = load;
  const limit = counts[from]! - 2;
  const tried = new Set<number>();
  for (;;) {
    let to = -1;
    for (let broker = 0; broker < counts.length; broker++) {
      if (counts[broker]! > limit || tried.has(broker)) continue;
      const less = to < 0 ? -1 : counts[broker]! - counts[to]! || ties[broker]! - ties[to]!;
      if (less < 0) to = broker;
    }
    if (to < 0) return undefined;
    const at = movable(load, memory, from, to);
    if (at >= 0) return { from, to, at };
    tried.add(to);
  }
}

/** Breadth first from a broker, emptier brokers first; `reached` gets every broker looked at. The steps stand last first. */
function shortestChain(load: Load, memory: Memory, start: number, reached: number[]): Step[] | undefined {
  const { counts } = load;
  const steps = new Map<number, Step>();
  const byCount = Array.from(counts.keys()).sort((a, b) => counts[a]! - counts[b]!);
  reached.push(start);
  for (let next = 0; next < reached.length; next++) {
    const from = reached[next]!;
    for (const to of byCount) {
      if (to === start || steps.has(to)) continue;
      const at = movable(load, memory, from, to);
      if (at < 0) continue;
      steps.set(to, { from, to, at });
      if (counts[start]! - counts[to]! >= 2) return chainTo(to, steps);
      reached.push(to);
    }
  }
  return undefined;
}

function chainTo(end: number, steps: ReadonlyMap<number, Step>): Step[] {
  const chain: Step[] = [];
  for (let step = steps.get(end); step; step = steps.get(step.from)) chain.push(step);
  return chain;
}

/** Where in what a broker holds lies a thing that can go to another broker; -1 for none. */
function movable(load: Load, memory: Memory, from: number, to: number): number {
  const { cursors, closed } = memory;
  const way = from * load.counts.length + to;
  if (from === to || !load.isWay(from, to) || closed.has(way)) return -1;
  const things = load.held[from]!;
  const start = cursors[from]! % Math.max(1, things.length);
  for (let step = 0; step < things.length; step++) {
    const at = (start + step) % things.length;
    memory.budget -= 1;
    if (!load.canMove(things[at]!, from, to)) continue;
    cursors[from] = at;
    return at;
  }
  closed.add(way);
  return -1;
}

/**
 * Makes the steps of a chain, or none of them: they were found one by one, and two that move the same partition or topic may
 * not go together.
 */
function passAlong(load: Load, chain: readonly Step[]): boolean {
  const made: { from: number; to: number; thing: number }[] = [];
  for (const { from, to, at } of chain) {
    const thing = load.held[from]![at]!;
    if (!load.canMove(thing, from, to)) {
      for (const back of made.reverse())
        shift(load, load.held[back.to]!.lastIndexOf(back.thing), back.to, back.from);
      return false;
    }
    shift(load, at, from, to);
    made.push({ from, to, thing });
  }
  return true;
}

function shift(load: Load, at: number, from: number, to: number): void {
  const things = load.held[from]!;
  const thing = things[at]!;
  load.move(thing, from, to);
  const last = things.pop()!;
  if (at < things.length) things[at] = last;
  load.held[to]!.push(thing);
}
