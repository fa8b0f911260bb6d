import type { Partition } from './partition.ts';

/** The replicas that a broker holds. */
export class Replicas implements Iterable<Partition> {
  readonly #topics = new Map<string, Map<number, Partition>>();
  #size = 0;

  get size(): number {
    return this.#size;
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
    this.#size++;
  }

  remove(replica: Partition): void {
    const partitions = this.#topics.get(replica.topic);
    if (partitions?.get(replica.partition) !== replica) return;
    partitions.delete(replica.partition);
    if (partitions.size === 0) this.#topics.delete(replica.topic);
    this.#size--;
  }

  clear(): void {
    this.#topics.clear();
    this.#size = 0;
  }

  *[Symbol.iterator](): Iterator<Partition> {
    for (const partitions of this.#topics.values()) yield* partitions.values();
  }
}
