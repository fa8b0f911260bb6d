/** A broker that can be given replicas. */
export interface Placeable {
  readonly id: number;
  readonly rack: string | null;
  /** A fenced broker is chosen only when there is no other. */
  readonly fenced: boolean;
}

/** A source of random integers below `bound`; tests turn it by hand. */
export type Random = (bound: number) => number;

/**
 * Places replicas in stripes, as KRaft's StripedReplicaPlacer does: leaders go round the racks and within a rack round
 * its brokers, from a random start; each further replica of a partition comes from the next rack, and only when every
 * rack has one does a rack get a second. Gives fewer replicas than asked for when there are fewer brokers.
 */
export function placeReplicas(
  brokers: readonly Placeable[],
  partitionCount: number,
  replicationFactor: number,
  random: Random = (bound) => Math.floor(Math.random() * bound),
): number[][] {
  const racks = rackLists(brokers).map((rack) => shuffled(rack, random));
  const leaders = Math.max(1, brokers.filter((broker) => !broker.fenced).length);
  const start = random(racks.length);
  return Array.from({ length: partitionCount }, (_, partition) => {
    // Once every broker has led, the order within racks changes, so that the same brokers do not always go together.
    if (partition > 0 && partition % leaders === 0) {
      for (const [index, rack] of racks.entries()) racks[index] = shuffled(rack, random);
    }
    const turn = Math.floor(partition / racks.length);
    return placeOne(racks, start + partition, turn, replicationFactor);
  });
}

function placeOne(
  racks: readonly (readonly Placeable[])[],
  firstRack: number,
  turn: number,
  replicationFactor: number,
): number[] {
  const chosen: number[] = [];
  for (const fenced of [false, true]) {
    let barren = 0;
    for (let at = firstRack; chosen.length < replicationFactor && barren < racks.length; at++) {
      const broker = nextInRack(racks[at % racks.length]!, turn, fenced, chosen);
      barren = broker === undefined ? barren + 1 : 0;
      if (broker !== undefined) chosen.push(broker.id);
    }
  }
  return chosen;
}

function nextInRack(
  rack: readonly Placeable[],
  turn: number,
  fenced: boolean,
  chosen: readonly number[],
): Placeable | undefined {
  const candidates = rack.filter((broker) => broker.fenced === fenced);
  for (let step = 0; step < candidates.length; step++) {
    const broker = candidates[(turn + step) % candidates.length]!;
    if (!chosen.includes(broker.id)) return broker;
  }
  return undefined;
}

function rackLists(brokers: readonly Placeable[]): Placeable[][] {
  const racks = new Map<string, Placeable[]>();
  for (const broker of brokers.toSorted((a, b) => a.id - b.id)) {
    const name = broker.rack ?? '';
    racks.set(name, [...(racks.get(name) ?? []), broker]);
  }
  return [...racks.keys()].sort().map((name) => racks.get(name)!);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = random(last + 1);
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
