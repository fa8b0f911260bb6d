import type { TopicPartitions } from './assignors/assignor.ts';

/** Partitions as messages list them. */
export interface ListedPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

/** Partitions by topic id, each with a number: the epoch in which it was given to a member. */
export type PartitionEpochs = ReadonlyMap<string, ReadonlyMap<number, number>>;

export const NO_EPOCHS: PartitionEpochs = new Map();

export function listed(partitions: TopicPartitions): { topicId: string; partitions: number[] }[] {
  return [...partitions].map(([topicId, numbers]) => ({ topicId, partitions: [...numbers] }));
}

export function fromListed(topics: Iterable<ListedPartitions>): TopicPartitions {
  return new Map([...topics].map(({ topicId, partitions }) => [topicId, new Set(partitions)]));
}

export function samePartitions(a: TopicPartitions, b: TopicPartitions): boolean {
  if (a.size !== b.size) return false;
  for (const [topicId, numbers] of a) {
    const others = b.get(topicId);
    if (others === undefined || others.size !== numbers.size) return false;
    for (const number of numbers) if (!others.has(number)) return false;
  }
  return true;
}

export function sameEpochs(a: PartitionEpochs, b: PartitionEpochs): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [topicId, epochs] of a) {
    const others = b.get(topicId);
    if (others === undefined || others.size !== epochs.size) return false;
    for (const [partition, epoch] of epochs) if (others.get(partition) !== epoch) return false;
  }
  return true;
}

export function withEpoch(partitions: TopicPartitions, epoch: number): PartitionEpochs {
  return new Map(
    [...partitions].map(([topicId, numbers]) => [
      topicId,
      new Map([...numbers].map((each) => [each, epoch])),
    ]),
  );
}

export function withoutEpochs(epochs: PartitionEpochs): TopicPartitions {
  return new Map([...epochs].map(([topicId, partitions]) => [topicId, new Set(partitions.keys())]));
}
