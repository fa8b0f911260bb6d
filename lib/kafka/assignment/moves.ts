import type { PartitionReplicas } from '../topology.ts';

/** A partition whose list of replicas changes. */
export interface ReplicaMove {
  topic: string;
  partition: number;
  before: readonly number[];
  after: readonly number[];
  /** Brokers that will have to copy the partition. */
  added: number[];
  removed: number[];
}

/** The targets that differ from the present replicas, in their order; another order of the same replicas differs too. */
export function movesOf(
  targets: readonly PartitionReplicas[],
  replicasOf: (topic: string, partition: number) => readonly number[],
): ReplicaMove[] {
  const moves: ReplicaMove[] = [];
  for (const { topic, partition, replicas: after } of targets) {
    const before = replicasOf(topic, partition);
    if (before.length === after.length && before.every((broker, index) => broker === after[index])) continue;
    moves.push({
      topic,
      partition,
      before,
      after,
      added: after.filter((broker) => !before.includes(broker)),
      removed: before.filter((broker) => !after.includes(broker)),
    });
  }
  return moves;
}

export interface BrokerLoad {
  broker: number;
  replicasBefore: number;
  replicasAfter: number;
  leadersBefore: number;
  leadersAfter: number;
}

/** Replicas and preferred leaders by broker, before and after, of the same partitions; in order of broker. */
export function brokerLoads(
  before: Iterable<PartitionReplicas>,
  after: Iterable<PartitionReplicas>,
  brokers: Iterable<number>,
): BrokerLoad[] {
  const loads = new Map<number, BrokerLoad>();
  const of = (broker: number): BrokerLoad => {
    let load = loads.get(broker);
    if (!load) {
      load = { broker, replicasBefore: 0, replicasAfter: 0, leadersBefore: 0, leadersAfter: 0 };
      loads.set(broker, load);
    }
    return load;
  };
  for (const broker of brokers) of(broker);
  for (const { replicas } of before) {
    for (const broker of replicas) of(broker).replicasBefore += 1;
    if (replicas.length > 0) of(replicas[0]!).leadersBefore += 1;
  }
  for (const { replicas } of after) {
    for (const broker of replicas) of(broker).replicasAfter += 1;
    if (replicas.length > 0) of(replicas[0]!).leadersAfter += 1;
  }
  return [...loads.values()].sort((a, b) => a.broker - b.broker);
}
