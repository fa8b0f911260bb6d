import { createHash } from 'node:crypto';
import type { MetadataImage, TopicImage } from '../controller/metadata-image.ts';

/** What groups need to know of the cluster's topics. */
export interface TopicsView {
  topic(name: string): TopicImage | undefined;
  topicById(id: string): TopicImage | undefined;
  readonly topics: ReadonlyMap<string, TopicImage>;
  readonly brokers: MetadataImage['brokers'];
  /** Grows with every change of the metadata. */
  readonly offset: number;
}

/**
 * A number that changes with anything of these topics that an assignment depends on: that they are there, their partitions
 * and the racks of their replicas. Kafka's is another hash (XXH3); nobody compares them.
 */
export function hashOfTopics(names: Iterable<string>, view: TopicsView): bigint {
  const hash = createHash('sha256');
  let isEmpty = true;
  for (const name of [...names].sort()) {
    const topic = view.topic(name);
    if (topic === undefined) continue;
    isEmpty = false;
    hash.update(`${topic.id} ${name} ${topic.partitions.length}`);
    for (const { replicas } of topic.partitions) {
      const racks = replicas.map((id) => view.brokers.get(id)?.rack ?? '').sort();
      hash.update(` ${racks.join(',')};`);
    }
  }
  return isEmpty ? 0n : hash.digest().readBigInt64BE(0);
}

/** The ids of those topics that exist. */
export function topicIdsOf(names: Iterable<string>, view: TopicsView): Set<string> {
  const ids = new Set<string>();
  for (const name of names) {
    const topic = view.topic(name);
    if (topic !== undefined) ids.add(topic.id);
  }
  return ids;
}

export function partitionCountIn(view: TopicsView): (topicId: string) => number {
  return (topicId) => view.topicById(topicId)?.partitions.length ?? 0;
}
