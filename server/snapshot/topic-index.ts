import { type ClusterNumbers, clusterNumbers } from './cluster-numbers.ts';
import type { SnapshotPartition, SnapshotTopic } from './snapshot-topic.ts';

/** By what topics can be ordered from the snapshot alone. */
export type TopicOrder =
  | 'name'
  | 'partitionCount'
  | 'replicationFactor'
  | 'preferredLeaderPercent'
  | 'underReplicatedPartitionCount';

export interface TopicFilter {
  /** Part of the name, in any case. */
  readonly search: string;
  readonly internal: boolean;
  readonly health: 'all' | 'under-replicated' | 'offline' | 'not-preferred';
}

/** A replica on a broker. */
export interface HeldReplica {
  readonly topic: SnapshotTopic;
  readonly partition: SnapshotPartition;
}

/** How many filtered lists are kept; each is as long as it has matches. */
const KEPT_LISTS = 16;

/** All topics of a snapshot, with what is worked out from them once and then shared by every read. */
export class TopicIndex {
  readonly #byName: ReadonlyMap<string, SnapshotTopic>;
  readonly #sorted = new Map<TopicOrder, readonly SnapshotTopic[]>();
  readonly #lists = new Map<string, readonly SnapshotTopic[]>();
  #numbers: ClusterNumbers | undefined;
  readonly #replicas = new Map<number, readonly HeldReplica[]>();

  constructor(byName: ReadonlyMap<string, SnapshotTopic>) {
    this.#byName = byName;
  }

  get size(): number {
    return this.#byName.size;
  }

  get(name: string): SnapshotTopic | undefined {
    return this.#byName.get(name);
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** In no order. */
  values(): IterableIterator<SnapshotTopic> {
    return this.#byName.values();
  }

  get numbers(): ClusterNumbers {
    this.#numbers ??= clusterNumbers(this.#byName);
    return this.#numbers;
  }

  /** All topics, ascending; those that are equal by name. */
  sortedBy(order: TopicOrder): readonly SnapshotTopic[] {
    let sorted = this.#sorted.get(order);
    if (!sorted) {
      sorted = [...this.#byName.values()].sort(
        (a, b) => orderValue(order, a) - orderValue(order, b) || compareNames(a.name, b.name),
      );
      this.#sorted.set(order, sorted);
    }
    return sorted;
  }

  /** The topics that pass a filter, ascending. */
  list(order: TopicOrder, filter: TopicFilter): readonly SnapshotTopic[] {
    const key = `${order} ${filter.health} ${filter.internal} ${filter.search}`;
    const known = this.#lists.get(key);
    if (known) return known;
    const search = filter.search.toLowerCase();
    const list = this.sortedBy(order).filter(
      (topic) =>
        (filter.internal || !topic.isInternal) &&
        (search === '' || topic.searchName.includes(search)) &&
        hasHealth(topic, filter.health),
    );
    if (this.#lists.size >= KEPT_LISTS) this.#lists.delete(this.#lists.keys().next().value!);
    this.#lists.set(key, list);
    return list;
  }

  /** Replicas that a broker holds, by topic and partition; with a search only those of topics whose name has it. */
  replicasOn(broker: number, search = ''): readonly HeldReplica[] {
    let held = this.#replicas.get(broker);
    if (!held) {
      held = this.sortedBy('name').flatMap((topic) =>
        topic.partitions
          .filter((partition) => partition.replicas.includes(broker))
          .map((partition) => ({ topic, partition })),
      );
      this.#replicas.set(broker, held);
    }
    if (search === '') return held;
    const wanted = search.toLowerCase();
    return held.filter(({ topic }) => topic.searchName.includes(wanted));
  }
}

/** What a topic is ordered by; 0 for names, which are compared as text. */
export function orderValue(order: TopicOrder, topic: SnapshotTopic): number {
  switch (order) {
    case 'name':
      return 0;
    case 'partitionCount':
      return topic.partitions.length;
    case 'replicationFactor':
      return topic.replicationFactor;
    case 'preferredLeaderPercent':
      return topic.counts.preferredLeaderPercent;
    case 'underReplicatedPartitionCount':
      return topic.counts.underReplicatedCount;
  }
}

/** Names in the order of Kafka's own tools: by code unit. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function hasHealth({ counts }: SnapshotTopic, health: TopicFilter['health']): boolean {
  switch (health) {
    case 'all':
      return true;
    case 'under-replicated':
      return counts.underReplicatedCount > 0;
    case 'offline':
      return counts.offlineCount > 0;
    case 'not-preferred':
      return counts.preferredLeaderCount < counts.partitionCount;
  }
}
