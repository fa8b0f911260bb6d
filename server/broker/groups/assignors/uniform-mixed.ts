import {
  type AssignorGroup,
  addPartition,
  editable,
  type GroupAssignment,
  removePartition,
} from './assignor.ts';

/** Rounds of evening out; Kafka gives up after as many. */
const MAX_ROUNDS = 16;

interface Load {
  readonly memberId: string;
  readonly partitions: Map<string, Set<number>>;
  count: number;
}

/**
 * `uniform` where members subscribe to different topics: members keep what they still subscribe to, each free partition goes
 * to the subscriber that has the fewest, and then partitions move from full subscribers of a topic to emptier ones while
 * that evens them out.
 */
export function uniformMixed({ members, partitionCount }: AssignorGroup): GroupAssignment {
  const loads = new Map<string, Load>();
  const subscribers = new Map<string, Load[]>();
  const owners = new Map<string, (Load | null)[]>();
  for (const [memberId, { topicIds, assigned }] of members) {
    const partitions = editable(assigned);
    for (const topicId of partitions.keys()) if (!topicIds.has(topicId)) partitions.delete(topicId);
    const load = { memberId, partitions, count: 0 };
    loads.set(memberId, load);
    for (const topicId of topicIds) {
      const known = subscribers.get(topicId);
      if (known !== undefined) known.push(load);
      else subscribers.set(topicId, [load]);
      if (!owners.has(topicId))
        owners.set(topicId, new Array<Load | null>(partitionCount(topicId)).fill(null));
    }
    for (const [topicId, numbers] of partitions) {
      load.count += numbers.size;
      for (const partition of numbers) owners.get(topicId)![partition] = load;
    }
  }
  const give = (topicId: string, partition: number, to: Load) => {
    const from = owners.get(topicId)![partition];
    if (from) {
      removePartition(from.partitions, topicId, partition);
      from.count -= 1;
    }
    addPartition(to.partitions, topicId, partition);
    to.count += 1;
    owners.get(topicId)![partition] = to;
  };

  const topicIds = mostCrowdedFirst([...owners.keys()], subscribers, partitionCount);
  for (const topicId of topicIds) {
    owners.get(topicId)!.forEach((owner, partition) => {
      if (owner === null) give(topicId, partition, lightest(subscribers.get(topicId)!));
    });
  }
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    let moved = 0;
    for (const topicId of topicIds) {
      moved += evenOut(owners.get(topicId)!, subscribers.get(topicId)!, (partition, to) =>
        give(topicId, partition, to),
      );
    }
    if (moved === 0) break;
  }
  return new Map([...loads.values()].map(({ memberId, partitions }) => [memberId, partitions]));
}

/** Topics with the most partitions for each subscriber first, then those with few subscribers. */
function mostCrowdedFirst(
  topicIds: string[],
  subscribers: ReadonlyMap<string, readonly Load[]>,
  partitionCount: (topicId: string) => number,
): string[] {
  const crowd = (topicId: string) => partitionCount(topicId) / subscribers.get(topicId)!.length;
  return topicIds.sort(
    (a, b) =>
      crowd(b) - crowd(a) || subscribers.get(a)!.length - subscribers.get(b)!.length || (a < b ? -1 : 1),
  );
}

function lightest(loads: readonly Load[]): Load {
  return loads.reduce((best, load) => (load.count < best.count ? load : best));
}

/** Moves one topic's partitions from its fullest subscribers to its emptiest; says how many. */
function evenOut(
  owners: readonly (Load | null)[],
  subscribers: readonly Load[],
  give: (partition: number, to: Load) => void,
): number {
  if (subscribers.length < 2) return 0;
  const owned = new Map<Load, number[]>();
  owners.forEach((owner, partition) => {
    if (owner === null) return;
    const partitions = owned.get(owner);
    if (partitions !== undefined) partitions.push(partition);
    else owned.set(owner, [partition]);
  });
  let moved = 0;
  for (;;) {
    const to = lightest(subscribers);
    let from: Load | null = null;
    for (const load of subscribers) {
      if (owned.get(load)?.length && (from === null || load.count > from.count)) from = load;
    }
    if (from === null || from.count - to.count < 2) return moved;
    const partition = owned.get(from)!.pop()!;
    give(partition, to);
    moved += 1;
  }
}
