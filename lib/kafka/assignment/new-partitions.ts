import type { TopologyPartition } from '../topology.ts';
import { balanceTopicLeaders } from './balance.ts';
import { fill } from './fill.ts';
import { type AssignmentBroker, Layout } from './layout.ts';

export interface NewPartitionsRequest {
  readonly brokers: readonly AssignmentBroker[];
  /** Partitions that the topic has already; empty for a new topic. They stay as they are. */
  readonly existing: readonly TopologyPartition[];
  /** Partitions to add. */
  readonly count: number;
  readonly replicationFactor: number;
  readonly rackAware: boolean;
}

/**
 * Replicas of each partition to add, preferred leader first: striped over brokers and racks like Kafka's own, and filling up
 * what existing partitions leave uneven. Throws RangeError when there are fewer brokers than replicas.
 */
export function assignNewPartitions(request: NewPartitionsRequest): number[][] {
  const { brokers, existing, count, replicationFactor } = request;
  if (replicationFactor > brokers.length)
    throw new RangeError(`${replicationFactor} replicas need as many brokers, there are ${brokers.length}`);
  const layout = new Layout(brokers, request.rackAware);
  const places = new Map(layout.brokers.map(({ id }, place) => [id, place]));
  for (const { partition, replicas } of existing) {
    const kept = replicas.map((id) => places.get(id)).filter((place) => place !== undefined);
    layout.add({ topic: 0, partition, replicationFactor: kept.length, original: kept, replicas: [...kept] });
  }
  const leaders = new Int32Array(brokers.length);
  for (const { replicas } of layout.items) if (replicas.length > 0) leaders[replicas[0]!]! += 1;
  const added = Array.from({ length: count }, (_, index) => {
    const partition = existing.length + index;
    return { topic: 0, partition, replicationFactor, original: [], replicas: [] as number[] };
  });
  for (const item of added) {
    layout.add(item);
    fill(layout, item);
  }
  balanceTopicLeaders(layout, added, leaders);
  return added.map(({ replicas }) => replicas.map((place) => layout.brokers[place]!.id));
}
