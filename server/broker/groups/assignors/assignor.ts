/** Partitions by topic id. */
export type TopicPartitions = ReadonlyMap<string, ReadonlySet<number>>;

export interface AssignorMember {
  readonly instanceId: string | null;
  /** Ids of the topics it subscribes to that exist. */
  readonly topicIds: ReadonlySet<string>;
  /** What it was to have before. */
  readonly assigned: TopicPartitions;
}

export interface AssignorGroup {
  /** By member id. */
  readonly members: ReadonlyMap<string, AssignorMember>;
  partitionCount(topicId: string): number;
}

/** What each member is to have, by member id. Members left out get nothing. */
export type GroupAssignment = ReadonlyMap<string, TopicPartitions>;

/** Shares a group's partitions out among its members, on the broker (KIP-848). */
export type Assignor = (group: AssignorGroup) => GroupAssignment;

export const NO_PARTITIONS: TopicPartitions = new Map();

export function sameStrings(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const each of a) if (!b.has(each)) return false;
  return true;
}

/** Whether all members subscribe to the same topics. */
export function isHomogeneous(members: Iterable<AssignorMember>): boolean {
  let first: ReadonlySet<string> | null = null;
  for (const { topicIds } of members) {
    if (first === null) first = topicIds;
    else if (!sameStrings(topicIds, first)) return false;
  }
  return true;
}

/** A copy whose sets can be changed. */
export function editable(partitions: TopicPartitions): Map<string, Set<number>> {
  return new Map([...partitions].map(([topicId, numbers]) => [topicId, new Set(numbers)]));
}

export function addPartition(partitions: Map<string, Set<number>>, topicId: string, partition: number): void {
  const numbers = partitions.get(topicId);
  if (numbers === undefined) partitions.set(topicId, new Set([partition]));
  else numbers.add(partition);
}

export function removePartition(
  partitions: Map<string, Set<number>>,
  topicId: string,
  partition: number,
): void {
  const numbers = partitions.get(topicId);
  numbers?.delete(partition);
  if (numbers?.size === 0) partitions.delete(topicId);
}
