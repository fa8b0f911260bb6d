import type { DescribedPartition } from './described-topics.ts';

const percent = (part: number, whole: number) => (whole === 0 ? 100 : (part / whole) * 100);
const isPreferred = (one: DescribedPartition) => one.leader !== null && one.leader === one.replicas[0];
const isUnderReplicated = (one: DescribedPartition) => one.isr.length < one.replicas.length;
const countOf = (values: number[]) => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/** Kafdrop's cluster numbers, worked out from what the official tool prints. */
export function expectedOverview(partitions: DescribedPartition[]) {
  return {
    topicCount: new Set(partitions.map((one) => one.topic)).size,
    partitionCount: partitions.length,
    preferredLeaderPercent: percent(partitions.filter(isPreferred).length, partitions.length),
    underReplicatedPartitionCount: partitions.filter(isUnderReplicated).length,
    offlinePartitionCount: partitions.filter((one) => one.leader === null).length,
    leaders: countOf(partitions.flatMap((one) => (one.leader === null ? [] : [one.leader]))),
    replicas: countOf(partitions.flatMap((one) => one.replicas)),
  };
}

/** CMAK's topic numbers, worked out from what the official tool prints. */
export function expectedTopic(partitions: DescribedPartition[], aliveBrokers: readonly number[]) {
  const replicas = countOf(partitions.flatMap((one) => one.replicas));
  const leaders = countOf(partitions.flatMap((one) => (one.leader === null ? [] : [one.leader])));
  const holding = replicas.size;
  const replicationFactor = partitions.find((one) => one.partition === 0)?.replicas.length ?? 0;
  const fairReplicas = Math.ceil((partitions.length / holding) * replicationFactor);
  const fairLeaders = Math.ceil(partitions.length / holding);
  const over = (counts: Map<number, number>, fair: number) =>
    [...counts.values()].filter((n) => n > fair).length;
  return {
    partitionCount: partitions.length,
    replicationFactor,
    preferredLeaderPercent: percent(partitions.filter(isPreferred).length, partitions.length),
    underReplicatedPartitionCount: partitions.filter(isUnderReplicated).length,
    underReplicatedPercent: percent(partitions.filter(isUnderReplicated).length, partitions.length),
    brokersSpreadPercent: percent(aliveBrokers.filter((id) => replicas.has(id)).length, aliveBrokers.length),
    brokersSkewPercent: percent(over(replicas, fairReplicas), holding),
    brokersLeaderSkewPercent: percent(over(leaders, fairLeaders), holding),
  };
}
