import { type ICustomPartitioner, Partitioners } from 'kafkajs';
import type { TopicView } from '../topic-view.ts';

type Partitioner = ReturnType<ICustomPartitioner>;
type Metadata = Parameters<Partitioner>[0]['partitionMetadata'];

/** How long it goes by the same leaders. */
const FRESH_MS = 500;

/** Chooses partitions for many messages as Kafka's producer does: murmur2 of the key; without one, each led one in turn. */
export class PartitionChooser {
  readonly #topic: TopicView;
  readonly #partitioner: Partitioner = Partitioners.DefaultPartitioner();
  #metadata: Metadata = [];
  #until = 0;

  constructor(topic: TopicView) {
    this.#topic = topic;
  }

  choose(key: Buffer | null): number {
    const now = Date.now();
    if (now > this.#until) {
      this.#metadata = this.#topic.partitions.map((partitionId) => ({
        partitionId,
        partitionErrorCode: 0,
        leader: this.#topic.leaderOf(partitionId) ?? -1,
        replicas: [],
        isr: [],
      }));
      this.#until = now + FRESH_MS;
    }
    const message = { key, value: null };
    return this.#partitioner({ topic: this.#topic.name, partitionMetadata: this.#metadata, message });
  }
}
