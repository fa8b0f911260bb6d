import { type ICustomPartitioner, Partitioners } from 'kafkajs';
import type { TopicView } from './topic-view.ts';

/** kafkajs's default is Java's: murmur2 of the key, modulo the number of partitions; without a key in turn. */
const partitioner: ReturnType<ICustomPartitioner> = Partitioners.DefaultPartitioner();

/** The partition that Kafka's own producer would send a message with this key to. */
export function choosePartition(
  topic: Pick<TopicView, 'name' | 'partitions' | 'leaderOf'>,
  key: Buffer | null,
): number {
  const partitionMetadata = topic.partitions.map((partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: topic.leaderOf(partitionId) ?? -1,
    replicas: [],
    isr: [],
  }));
  return partitioner({ topic: topic.name, partitionMetadata, message: { key, value: null } });
}
