/**
 * What the numbers of a cluster and of its topics mean. The percentages are Kafdrop's and CMAK's, the partition states are
 * Kafka's metrics of the same names. Replicas are counted, not in-sync ones, so that a dead broker does not hide skew; the
 * spread is over the brokers that are alive, as CMAK's. docs/operating.md lists them all.
 */
import type { TopologyBroker, TopologyPartition, TopologyTopic } from './topology.ts';

/** 100 × part / whole; `ofNothing` where there is no whole. Not rounded. */
export function percent(part: number, whole: number, ofNothing: number): number {
  return whole === 0 ? ofNothing : (part / whole) * 100;
}

/** The leader is the first of the replicas. */
export function isPreferredLeader({ leader, replicas }: TopologyPartition): boolean {
  return leader >= 0 && leader === replicas[0];
}

/** Fewer replicas are in sync than there are. */
export function isUnderReplicated({ isr, replicas }: TopologyPartition): boolean {
  return isr.length < replicas.length;
}

/** No leader: nothing can be read or written. */
export function isOffline({ leader }: TopologyPartition): boolean {
  return leader < 0;
}

/** Too few replicas are in sync for producers that ask for `acks=all`. */
export function isUnderMinIsr({ isr }: TopologyPartition, minInsyncReplicas: number): boolean {
  return isr.length < minInsyncReplicas;
}

/** One more replica falling out of sync stops producers that ask for `acks=all`. */
export function isAtMinIsr({ isr }: TopologyPartition, minInsyncReplicas: number): boolean {
  return isr.length === minInsyncReplicas;
}

export interface PartitionCounts {
  partitionCount: number;
  preferredLeaderCount: number;
  /** 100 where there are no partitions: nothing is led by the wrong broker. */
  preferredLeaderPercent: number;
  underReplicatedCount: number;
  /** 0 where there are no partitions. */
  underReplicatedPercent: number;
  offlineCount: number;
}

/** Counts partitions of one or many topics by their state. */
export function countPartitions(partitions: Iterable<TopologyPartition>): PartitionCounts {
  let partitionCount = 0;
  let preferredLeaderCount = 0;
  let underReplicatedCount = 0;
  let offlineCount = 0;
  for (const partition of partitions) {
    partitionCount += 1;
    if (isPreferredLeader(partition)) preferredLeaderCount += 1;
    if (isUnderReplicated(partition)) underReplicatedCount += 1;
    if (isOffline(partition)) offlineCount += 1;
  }
  return {
    partitionCount,
    preferredLeaderCount,
    preferredLeaderPercent: percent(preferredLeaderCount, partitionCount, 100),
    underReplicatedCount,
    underReplicatedPercent: percent(underReplicatedCount, partitionCount, 0),
    offlineCount,
  };
}

export interface MinIsrCounts {
  underMinIsrCount: number;
  atMinIsrCount: number;
}

/** Counts partitions under and at `min.insync.replicas`, which each topic has its own of. */
export function countMinIsr(
  topics: Iterable<TopologyTopic>,
  minInsyncReplicasOf: (topic: string) => number,
): MinIsrCounts {
  const counts: MinIsrCounts = { underMinIsrCount: 0, atMinIsrCount: 0 };
  for (const { name, partitions } of topics) {
    const minimum = minInsyncReplicasOf(name);
    for (const partition of partitions) {
      if (isUnderMinIsr(partition, minimum)) counts.underMinIsrCount += 1;
      else if (isAtMinIsr(partition, minimum)) counts.atMinIsrCount += 1;
    }
  }
  return counts;
}

export interface BrokerCounts {
  broker: number;
  leaderCount: number;
  /** Partitions led by it, % of all partitions. */
  leaderPercent: number;
  replicaCount: number;
  /** Partitions whose preferred leader it is. */
  preferredLeaderCount: number;
  /** Partitions it should hold a replica of but is not in sync for. */
  underReplicatedCount: number;
}

/**
 * What each broker holds of the partitions: one entry for each of `brokers` and for each that a replica or leader names, in
 * order of id.
 */
export function countByBroker(
  partitions: Iterable<TopologyPartition>,
  brokers: Iterable<number> = [],
): BrokerCounts[] {
  const counts = new Map<number, BrokerCounts>();
  const of = (broker: number): BrokerCounts => {
    const known = counts.get(broker);
    if (known) return known;
    const fresh: BrokerCounts = {
      broker,
      leaderCount: 0,
      leaderPercent: 0,
      replicaCount: 0,
      preferredLeaderCount: 0,
      underReplicatedCount: 0,
    };
    counts.set(broker, fresh);
    return fresh;
  };
  for (const broker of brokers) of(broker);
  let partitionCount = 0;
  for (const { leader, replicas, isr } of partitions) {
    partitionCount += 1;
    if (leader >= 0) of(leader).leaderCount += 1;
    if (replicas.length > 0) of(replicas[0]!).preferredLeaderCount += 1;
    for (const replica of replicas) {
      const count = of(replica);
      count.replicaCount += 1;
      if (!isr.includes(replica)) count.underReplicatedCount += 1;
    }
  }
  for (const count of counts.values()) count.leaderPercent = percent(count.leaderCount, partitionCount, 0);
  return [...counts.values()].sort((a, b) => a.broker - b.broker);
}

/** Replicas of partition 0, which stands for the topic's replication factor; 0 for a topic without partitions. */
export function replicationFactorOf({ partitions }: TopologyTopic): number {
  const first = partitions.find(({ partition }) => partition === 0) ?? partitions[0];
  return first?.replicas.length ?? 0;
}

export interface TopicBrokerSpread {
  broker: number;
  isAlive: boolean;
  /** The topic's replicas on it. */
  partitionCount: number;
  leaderCount: number;
  /** More replicas than ceil(P / brokers holding it × R). */
  isSkewed: boolean;
  /** More leaders than ceil(P / brokers holding it). */
  isLeaderSkewed: boolean;
  /** Ids of the partitions it holds, and of those it leads, ascending. */
  partitions: number[];
  leads: number[];
}

export interface TopicSpread {
  /** Brokers holding a replica, dead ones too. */
  brokersForTopic: number;
  /** Brokers alive. */
  brokersTotal: number;
  /** Brokers alive that hold the topic / brokers alive × 100, never above 100. 0 where none is alive. */
  brokersSpreadPercent: number;
  brokersSkewPercent: number;
  brokersLeaderSkewPercent: number;
  /** The brokers that hold it, in order of id. */
  brokers: TopicBrokerSpread[];
}

/** How a topic is spread over brokers, as CMAK's topic page tells it. */
export function topicSpread(topic: TopologyTopic, brokers: Iterable<TopologyBroker>): TopicSpread {
  const alive = new Set<number>();
  for (const { id, isAlive } of brokers) if (isAlive) alive.add(id);
  const held = new Map<number, number[]>();
  const led = new Map<number, number[]>();
  for (const { partition, leader, replicas } of topic.partitions) {
    for (const replica of replicas) append(held, replica, partition);
    if (leader >= 0) append(led, leader, partition);
  }
  const holding = held.size;
  const partitionCount = topic.partitions.length;
  const fairReplicas = Math.ceil((partitionCount * replicationFactorOf(topic)) / holding);
  const fairLeaders = Math.ceil(partitionCount / holding);
  const spread = [...held]
    .map(([broker, partitions]): TopicBrokerSpread => {
      const leads = led.get(broker) ?? [];
      return {
        broker,
        isAlive: alive.has(broker),
        partitionCount: partitions.length,
        leaderCount: leads.length,
        isSkewed: partitions.length > fairReplicas,
        isLeaderSkewed: leads.length > fairLeaders,
        partitions: partitions.sort((a, b) => a - b),
        leads: leads.sort((a, b) => a - b),
      };
    })
    .sort((a, b) => a.broker - b.broker);
  const skewed = spread.filter(({ isSkewed }) => isSkewed).length;
  const leaderSkewed = spread.filter(({ isLeaderSkewed }) => isLeaderSkewed).length;
  return {
    brokersForTopic: holding,
    brokersTotal: alive.size,
    brokersSpreadPercent: percent(spread.filter(({ isAlive }) => isAlive).length, alive.size, 0),
    brokersSkewPercent: percent(skewed, holding, 0),
    brokersLeaderSkewPercent: percent(leaderSkewed, holding, 0),
    brokers: spread,
  };
}

function append(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
