import type { Cluster } from '../cluster.ts';
import type { FoundTopic } from '../snapshot/find-topic.ts';

export interface TopicContents {
  /** Records between log start and log end of all partitions; null when one is not known. */
  readonly messageCount: number | null;
  /** Bytes on disk, all replicas together; null when one broker did not tell or is down. */
  readonly sizeBytes: number | null;
  /** By partition, bytes of the leader's replica; null when not known. */
  readonly leaderBytes: readonly (number | null)[];
}

/** How much a topic holds. */
export async function topicContents(
  { reads }: Cluster,
  { snapshot, topic }: FoundTopic,
  until: number,
): Promise<TopicContents> {
  const { name, partitions } = topic;
  const held = new Set(partitions.flatMap(({ replicas }) => replicas));
  const holders = snapshot.brokers.filter(({ id, isAlive }) => isAlive && held.has(id)).map(({ id }) => id);
  const [offsetsOf, sizesOf] = await Promise.all([
    reads.offsets.read(
      partitions.map(({ partition }) => ({ topic: name, partition })),
      until,
    ),
    reads.logDirs.ofReplicas(
      holders.map((broker) => ({ broker, topic: name })),
      until,
    ),
  ]);
  const bytes = (broker: number, partition: number): number | null => {
    const sizes = holders.includes(broker) ? sizesOf(broker, name) : undefined;
    return sizes && 'value' in sizes ? (sizes.value.get(partition)?.sizeBytes ?? null) : null;
  };
  return {
    messageCount: sumOrNull(
      partitions.map(({ partition }) => {
        const offsets = offsetsOf(name, partition);
        return offsets && 'value' in offsets
          ? offsets.value.logEndOffset - offsets.value.logStartOffset
          : null;
      }),
    ),
    sizeBytes: sumOrNull(
      partitions.flatMap(({ partition, replicas }) => replicas.map((broker) => bytes(broker, partition))),
    ),
    leaderBytes: partitions.map(({ partition, leader }) => bytes(leader, partition)),
  };
}

/** A sum with something unknown in it is unknown. */
export function sumOrNull(parts: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const part of parts) {
    if (part === null) return null;
    sum += part;
  }
  return sum;
}
