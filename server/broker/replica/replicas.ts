import type { Partition } from './partition.ts';

/** The replicas that a broker holds. */
export class Replicas implements Iterable<Partition> {
  readonly #topics = new Map<string, Map<number, Partition>>();
  /** The same, for the periodic rounds through tens of thousands. */
  readonly #all = new Set<Partition>();

  get size(): number {
    return this.#all.size;
  }

  get(topic: string, partition: number): Partition | undefined {
    return this.#topics.get(topic)?.get(partition);
  }

  /** The replicas of one topic. */
  ofTopic(topic: string): Partition[] {
    return [...(this.#topics.get(topic)?.values() ?? [])];
  }

  add(replica: Partition): void {
    let partitions = this.#topics.get(replica.topic);
    if (partitions === undefined) {
      partitions = new Map();
      this.#topics.set(replica.topic, partitions);
    }
    partitions.set(replica.partition, replica);
    this.#all.add(replica);
  }

  remove(replica: Partition): void {
    const partitions = this.#topics.get(replica.topic);
    if (partitions?.get(replica.partition) !== replica) return;
    partitions.delete(replica.partition);
    if (partitions.size === 0) this.#topics.delete(replica.topic);
    this.#all.delete(replica);
  }

  clear(): void {
    this.#topics.clear();
    this.#all.clear();
  }

  [Symbol.iterator](): Iterator<Partition> {
    return this.#all.values();
  }
}
