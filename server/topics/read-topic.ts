import type { Sentence, Unspoken } from '../../lib/contract/sentence.ts';
import type { TopicDetail, TopicPartition } from '../../lib/contract/topics.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { isPreferredLeader, isUnderReplicated, topicSpread } from '../../lib/kafka/health.ts';
import type { Cluster } from '../cluster.ts';
import { deadBrokerProblems } from '../snapshot/broker-summary.ts';
import { answerBy } from '../snapshot/cluster-reads.ts';
import { findTopic } from '../snapshot/find-topic.ts';
import type { ReplicaSize } from '../snapshot/log-dirs.ts';
import type { Known } from '../snapshot/on-demand.ts';
import type { PartitionOffsets } from '../snapshot/partition-offsets.ts';
import { type MissingPart, problemOf, stillReading } from '../snapshot/read-problem.ts';
import type { OngoingReassignment } from '../snapshot/reassignments.ts';
import type { SnapshotPartition } from '../snapshot/snapshot-topic.ts';
import { topicRow } from './topic-row.ts';

/** One topic with its partitions and their spread over brokers. Throws `not_found`. */
export async function readTopic(cluster: Cluster, name: string): Promise<Unspoken<TopicDetail>> {
  const { snapshot, topic } = await findTopic(cluster.snapshots, name);
  const { reads } = cluster;
  const spread = topicSpread(topic, snapshot.brokers);
  const holders = spread.brokers.filter((holder) => holder.isAlive).map(({ broker }) => broker);
  const until = answerBy();
  const [offsetsOf, sizesOf, summaryOf, reassignments] = await Promise.all([
    reads.offsets.read(
      topic.partitions.map(({ partition }) => ({ topic: name, partition })),
      until,
    ),
    reads.logDirs.ofReplicas(
      holders.map((broker) => ({ broker, topic: name })),
      until,
    ),
    reads.topicConfigs.read([name], until),
    reads.reassignments.read(until),
  ]);
  const summary = summaryOf(name);
  const ongoing = reassignments && 'value' in reassignments ? reassignments.value : undefined;
  const holderIds = new Set(spread.brokers.map(({ broker }) => broker));
  const problems: MissingPart[] = [
    ...snapshot.problems,
    ...deadBrokerProblems(snapshot.brokers.filter(({ id }) => holderIds.has(id))),
    ...missing(say('part.configsOfTopic', { topic: name }), summary),
    ...missing(say('part.reassignments'), reassignments),
    ...holders.flatMap((broker) => missing(say('part.sizesOnBroker', { broker }), sizesOf(broker, name))),
    ...missingOffsets(topic.partitions, (partition) => offsetsOf(name, partition)),
  ];
  const partitions = topic.partitions.map((partition) =>
    partitionOf(
      partition,
      offsetsOf(name, partition.partition),
      holders.includes(partition.leader) ? sizesOf(partition.leader, name) : undefined,
      ongoing?.get(name, partition.partition),
    ),
  );
  return {
    asOf: snapshot.asOf,
    problems,
    ...topicRow(topic, summary && 'value' in summary ? summary.value.overrideCount : null),
    underReplicatedPercent: topic.counts.underReplicatedPercent,
    brokersSpreadPercent: spread.brokersSpreadPercent,
    brokersSkewPercent: spread.brokersSkewPercent,
    brokersLeaderSkewPercent: spread.brokersLeaderSkewPercent,
    brokersForTopic: spread.brokersForTopic,
    brokersTotal: spread.brokersTotal,
    offsetSum: sumOrNull(partitions.map(({ logEndOffset }) => logEndOffset)),
    messageCount: sumOrNull(
      partitions.map(({ logStartOffset, logEndOffset }) =>
        logStartOffset === null || logEndOffset === null ? null : logEndOffset - logStartOffset,
      ),
    ),
    sizeBytes: sumOrNull(
      spread.brokers.map(({ broker, isAlive }) => totalSize(isAlive ? sizesOf(broker, name) : undefined)),
    ),
    minInsyncReplicas: summary && 'value' in summary ? summary.value.minInsyncReplicas : null,
    partitions,
    brokers: spread.brokers,
  };
}

function partitionOf(
  partition: SnapshotPartition,
  offsets: Known<PartitionOffsets>,
  leaderSizes: Known<ReadonlyMap<number, ReplicaSize>>,
  reassignment: OngoingReassignment | undefined,
): TopicPartition {
  const known = offsets && 'value' in offsets ? offsets.value : null;
  const size = leaderSizes && 'value' in leaderSizes ? leaderSizes.value.get(partition.partition) : undefined;
  return {
    partition: partition.partition,
    leader: partition.leader >= 0 ? partition.leader : null,
    leaderEpoch: partition.leaderEpoch >= 0 ? partition.leaderEpoch : null,
    replicas: [...partition.replicas],
    isr: [...partition.isr],
    offlineReplicas: [...partition.offlineReplicas],
    addingReplicas: [...(reassignment?.addingReplicas ?? [])],
    removingReplicas: [...(reassignment?.removingReplicas ?? [])],
    isPreferredLeader: isPreferredLeader(partition),
    isUnderReplicated: isUnderReplicated(partition),
    logStartOffset: known?.logStartOffset ?? null,
    logEndOffset: known?.logEndOffset ?? null,
    sizeBytes: size?.sizeBytes ?? null,
  };
}

function missing(subject: Sentence, known: Known<unknown>): MissingPart[] {
  if (known === undefined) return [stillReading(subject)];
  return 'failure' in known ? [problemOf(subject, known.failure)] : [];
}

/** Partitions whose offsets are missing for the same reason make one problem. */
function missingOffsets(
  partitions: readonly SnapshotPartition[],
  offsetsOf: (partition: number) => Known<PartitionOffsets>,
): MissingPart[] {
  const byReason = new Map<string, { ids: number[]; known: Known<PartitionOffsets> }>();
  for (const { partition, leader } of partitions) {
    const known = offsetsOf(partition);
    if (known && 'value' in known) continue;
    const reason = known === undefined ? `waiting for ${leader}` : `${known.failure.code} ${leader}`;
    const entry = byReason.get(reason) ?? { ids: [], known };
    entry.ids.push(partition);
    byReason.set(reason, entry);
  }
  return [...byReason.values()].flatMap(({ ids, known }) => missing(offsetsOfPartitions(ids), known));
}

function offsetsOfPartitions(ids: readonly number[]): Sentence {
  if (ids.length === 1) return say('part.offsetsOfPartition', { partition: ids[0]! });
  return ids.length <= 10
    ? say('part.offsetsOfNamed', { partitions: ids.join(', ') })
    : say('part.offsetsOfPartitions', { count: ids.length });
}

function totalSize(sizes: Known<ReadonlyMap<number, ReplicaSize>>): number | null {
  if (!sizes || !('value' in sizes)) return null;
  let total = 0;
  for (const { sizeBytes } of sizes.value.values()) total += sizeBytes;
  return total;
}

/** A sum with something unknown in it is unknown. */
function sumOrNull(parts: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const part of parts) {
    if (part === null) return null;
    sum += part;
  }
  return sum;
}
