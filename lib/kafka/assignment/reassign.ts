import type { PartitionReplicas, TopologyTopic } from '../topology.ts';
import { balanceLeaders, balanceReplicas } from './balance.ts';
import { drop, fill } from './fill.ts';
import { type AssignmentBroker, Layout } from './layout.ts';

export interface ReassignRequest {
  /** Topics to lay out over `brokers`, with all their partitions. */
  readonly topics: readonly TopologyTopic[];
  readonly brokers: readonly AssignmentBroker[];
  /** Absent: every partition keeps as many replicas as it has. */
  readonly replicationFactor?: number;
  readonly rackAware: boolean;
  /** Move as few replicas as balance allows, or deal everything out anew. */
  readonly strategy: 'minimal-movement' | 'spread-evenly';
}

/**
 * Replicas for every partition of the topics such that: each is on chosen brokers only, on as many racks as can be; each
 * topic's replicas, then all replicas, then each topic's preferred leaders, then all preferred leaders are as even over the
 * brokers as the former allow. The answer has the partitions in the order they came in and depends on nothing but the
 * request. Throws RangeError when there are fewer brokers than replicas.
 */
export function reassign(request: ReassignRequest): PartitionReplicas[] {
  const { topics, brokers, strategy } = request;
  const layout = new Layout(brokers, request.rackAware);
  const places = new Map(layout.brokers.map(({ id }, place) => [id, place]));
  for (const [topic, { name, partitions }] of topics.entries()) {
    for (const { partition, replicas } of partitions) {
      const replicationFactor = request.replicationFactor ?? Math.max(1, replicas.length);
      if (replicationFactor > brokers.length)
        throw new RangeError(
          `${name}-${partition} shall have ${replicationFactor} replicas, but only ${brokers.length} brokers are chosen`,
        );
      const kept =
        strategy === 'minimal-movement'
          ? replicas.map((id) => places.get(id)).filter((place) => place !== undefined)
          : [];
      layout.add({ topic, partition, replicationFactor, original: kept, replicas: [...kept] });
    }
  }
  for (const item of layout.items) drop(layout, item);
  for (const item of layout.items) fill(layout, item);
  balanceReplicas(layout);
  balanceLeaders(layout);
  return layout.items.map(({ topic, partition, replicas }) => ({
    topic: topics[topic]!.name,
    partition,
    replicas: replicas.map((place) => layout.brokers[place]!.id),
  }));
}
