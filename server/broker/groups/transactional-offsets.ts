import type { CommittedOffset } from './committed-offset.ts';

interface PendingOffset {
  readonly producerId: number;
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly committed: CommittedOffset;
  /** Grows with every offset that is written. */
  readonly order: number;
  /** An offset that was written later holds already. */
  isSuperseded: boolean;
}

/**
 * Offsets that were committed in transactions which have not ended: what they say does not count yet, but that they are there
 * makes the offset of their partition unstable (KIP-98, KIP-447).
 */
export class TransactionalOffsets {
  /** In the order they were written. */
  readonly #byProducer = new Map<number, PendingOffset[]>();
  readonly #byPartition = new Map<string, Set<PendingOffset>>();
  #written = 0;

  /** An offset is in the log, in the open transaction of a producer. Returns how to take it back. */
  add(
    producerId: number,
    groupId: string,
    topic: string,
    partition: number,
    committed: CommittedOffset,
  ): () => void {
    const order = this.#written++;
    const pending = { producerId, groupId, topic, partition, committed, order, isSuperseded: false };
    const key = keyOf(groupId, topic, partition);
    this.#byProducer.set(producerId, [...(this.#byProducer.get(producerId) ?? []), pending]);
    this.#byPartition.set(key, (this.#byPartition.get(key) ?? new Set()).add(pending));
    return () => this.#remove(pending);
  }

  /** Whether a partition's offset may still change by a transaction that is open. */
  isUnstable(groupId: string, topic: string, partition: number): boolean {
    return this.#byPartition.has(keyOf(groupId, topic, partition));
  }

  /** Whether a group has anything in an open transaction. */
  hasGroup(groupId: string): boolean {
    for (const pending of this.#byProducer.values()) {
      if (pending.some((each) => each.groupId === groupId)) return true;
    }
    return false;
  }

  /** A group's partitions with offsets in open transactions. */
  partitionsOf(groupId: string): { readonly topic: string; readonly partition: number }[] {
    const found = new Map<string, PendingOffset>();
    for (const pending of this.#byProducer.values()) {
      for (const each of pending) {
        if (each.groupId === groupId) found.set(keyOf(groupId, each.topic, each.partition), each);
      }
    }
    return [...found.values()];
  }

  /** An offset was written that is later than all that are pending here. */
  supersede(groupId: string, topic: string, partition: number): void {
    for (const each of this.#byPartition.get(keyOf(groupId, topic, partition)) ?? [])
      each.isSuperseded = true;
  }

  /** A tombstone for the partition's offset was written. */
  drop(groupId: string, topic: string, partition: number): void {
    for (const each of this.#byPartition.get(keyOf(groupId, topic, partition)) ?? []) this.#remove(each);
  }

  /** A producer's transaction has ended: hands out the offsets that count now, none when it was aborted. */
  end(producerId: number, commits: boolean): PendingOffset[] {
    const ended = this.#byProducer.get(producerId) ?? [];
    for (const each of ended) this.#remove(each);
    if (!commits) return [];
    const counting = ended.filter(({ isSuperseded }) => !isSuperseded);
    for (const each of counting) this.#supersedeBefore(each);
    return counting;
  }

  /** Others that were written before this one count no more, even when their transactions end later. */
  #supersedeBefore({ groupId, topic, partition, order }: PendingOffset): void {
    for (const each of this.#byPartition.get(keyOf(groupId, topic, partition)) ?? []) {
      if (each.order < order) each.isSuperseded = true;
    }
  }

  #remove(pending: PendingOffset): void {
    const rest = (this.#byProducer.get(pending.producerId) ?? []).filter((each) => each !== pending);
    if (rest.length > 0) this.#byProducer.set(pending.producerId, rest);
    else this.#byProducer.delete(pending.producerId);
    const key = keyOf(pending.groupId, pending.topic, pending.partition);
    const partition = this.#byPartition.get(key);
    partition?.delete(pending);
    if (partition?.size === 0) this.#byPartition.delete(key);
  }
}

function keyOf(groupId: string, topic: string, partition: number): string {
  return `${topic}-${partition} ${groupId}`;
}
