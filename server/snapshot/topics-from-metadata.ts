import { countPartitions, replicationFactorOf } from '../../lib/kafka/health.ts';
import { ZERO_UUID } from '../protocol/default-value.ts';
import { ERROR } from '../protocol/errors.ts';
import type { MetadataResponsePartition, MetadataResponseTopic } from '../protocol/messages/metadata.ts';
import type { SnapshotPartition, SnapshotTopic } from './snapshot-topic.ts';
import { TopicIndex } from './topic-index.ts';

/**
 * The topics of a Metadata answer. Topics that did not change are the very objects of `before`, and when none did,
 * `before` itself is given back, so that nothing worked out from it is worked out again.
 */
export function topicsFromMetadata(
  answer: readonly MetadataResponseTopic[],
  before: TopicIndex | undefined,
): TopicIndex {
  const byName = new Map<string, SnapshotTopic>();
  const lists = new Map<string, readonly number[]>();
  let isSame = before !== undefined;
  for (const told of answer) {
    // A topic that is being deleted, or may not be seen, comes as an error without partitions.
    if (told.name === null || (told.errorCode !== ERROR.NONE && told.partitions.length === 0)) continue;
    const known = before?.get(told.name);
    if (known && isTopic(known, told)) {
      byName.set(known.name, known);
      continue;
    }
    isSame = false;
    byName.set(told.name, topicOf(told, known, lists));
  }
  return before && isSame && byName.size === before.size ? before : new TopicIndex(byName);
}

function topicOf(
  told: MetadataResponseTopic,
  known: SnapshotTopic | undefined,
  lists: Map<string, readonly number[]>,
): SnapshotTopic {
  const name = told.name ?? '';
  const partitions = told.partitions
    .map((partition): SnapshotPartition => {
      const same = known?.partitions[partition.partitionIndex];
      if (same && isPartition(same, partition)) return same;
      return {
        partition: partition.partitionIndex,
        leader: partition.leaderId,
        leaderEpoch: partition.leaderEpoch,
        replicas: shared(partition.replicaNodes, lists),
        isr: shared(partition.isrNodes, lists),
        offlineReplicas: shared(partition.offlineReplicas, lists),
      };
    })
    .sort((a, b) => a.partition - b.partition);
  return {
    name,
    searchName: name.toLowerCase(),
    topicId: told.topicId === ZERO_UUID ? null : told.topicId,
    isInternal: told.isInternal,
    partitions,
    replicationFactor: replicationFactorOf({ name, partitions }),
    counts: countPartitions(partitions),
  };
}

/** A cluster has few different lists of brokers and many partitions: equal lists become one. */
function shared(ids: readonly number[], lists: Map<string, readonly number[]>): readonly number[] {
  const key = ids.join();
  const known = lists.get(key);
  if (known) return known;
  lists.set(key, ids);
  return ids;
}

function isTopic(known: SnapshotTopic, told: MetadataResponseTopic): boolean {
  if (known.isInternal !== told.isInternal || known.partitions.length !== told.partitions.length)
    return false;
  if ((known.topicId ?? ZERO_UUID) !== told.topicId) return false;
  return told.partitions.every((partition) => {
    const same = known.partitions[partition.partitionIndex];
    return same !== undefined && isPartition(same, partition);
  });
}

function isPartition(known: SnapshotPartition, told: MetadataResponsePartition): boolean {
  return (
    known.partition === told.partitionIndex &&
    known.leader === told.leaderId &&
    known.leaderEpoch === told.leaderEpoch &&
    areEqual(known.isr, told.isrNodes) &&
    areEqual(known.replicas, told.replicaNodes) &&
    areEqual(known.offlineReplicas, told.offlineReplicas)
  );
}

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
