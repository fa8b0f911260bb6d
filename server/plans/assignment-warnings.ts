import { spoken } from '../../lib/contract/sentence.ts';
import { targetWarnings } from '../../lib/kafka/assignment/check-targets.ts';
import type { PartitionReplicas, TopologyBroker } from '../../lib/kafka/topology.ts';
import type { PlanWarning } from './plan-of.ts';

/**
 * What a person should know of replicas given by hand, without what is said of the topic as a whole already: that it has one
 * replica only.
 */
export function assignmentWarnings(
  targets: readonly PartitionReplicas[],
  brokers: readonly TopologyBroker[],
  replicasOf: (topic: string, partition: number) => readonly number[] | null,
  replicationFactor: number,
): PlanWarning[] {
  return targetWarnings(targets, brokers, replicasOf)
    .filter(({ code }) => code !== 'single-replica' || replicationFactor !== 1)
    .map((warning) => ({ ...warning, subject: spoken(warning.subject) }));
}
