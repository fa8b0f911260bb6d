import { Failure } from '../../lib/contract/failure.ts';
import type { ReassignmentRequest } from '../../lib/contract/plans.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { targetErrors } from '../../lib/kafka/assignment/check-targets.ts';
import type { PartitionReplicas, TopologyTopic } from '../../lib/kafka/topology.ts';
import type { ClusterSnapshot } from '../snapshot/cluster-snapshot.ts';
import { reassignApart } from './reassign-apart.ts';

/** Where replicas are, by topic and partition; undefined: no such topic, null: no such partition. */
export type ReplicasOf = (topic: string, partition: number) => readonly number[] | undefined | null;

/**
 * The targets that a request names or asks to have generated, one for each partition concerned. Throws `not_found` for an
 * unknown topic to generate for, `invalid_request` with the fields that are wrong.
 */
export async function reassignmentTargets(
  request: ReassignmentRequest,
  snapshot: ClusterSnapshot,
  replicasOf: ReplicasOf,
): Promise<PartitionReplicas[]> {
  if (request.targets) return checked(request.targets, snapshot, replicasOf);
  const { topics, brokers, replicationFactor, rackAware, strategy } = request.generate!;
  const chosen = new Set(brokers);
  const known = snapshot.brokers.filter(({ id }) => chosen.has(id));
  const unknown = brokers.find((id) => !known.some((broker) => broker.id === id));
  if (unknown !== undefined) throw invalid('generate.brokers', say('broker.unknown', { broker: unknown }));
  const present = [...new Set(topics)].map((name) => topicOf(name, snapshot, replicasOf));
  const widest = replicationFactor ?? mostReplicas(present);
  if (widest > known.length)
    throw invalid(
      replicationFactor === undefined ? 'generate.brokers' : 'generate.replicationFactor',
      say('target.tooFewBrokers', { replicas: widest, brokers: known.length }),
    );
  return reassignApart({ topics: present, brokers: known, replicationFactor, rackAware, strategy });
}

function checked(
  targets: readonly PartitionReplicas[],
  snapshot: ClusterSnapshot,
  replicasOf: ReplicasOf,
): PartitionReplicas[] {
  const errors = targetErrors(targets, snapshot.brokers, replicasOf);
  if (errors.length === 0) return [...targets];
  const first = errors[0]!;
  const detail =
    errors.length === 1 ? first.message : say('andMore', { text: first.message, count: errors.length - 1 });
  throw new Failure('invalid_request', detail, {
    fields: errors.map(({ index, message }) => ({ field: `targets.${index}.replicas`, message })),
  });
}

function topicOf(name: string, { topics }: ClusterSnapshot, replicasOf: ReplicasOf): TopologyTopic {
  const topic = topics.get(name);
  if (!topic) {
    const message = say('topic.unknown', { topic: name });
    throw new Failure('not_found', message, { fields: [{ field: 'generate.topics', message }] });
  }
  return {
    name,
    partitions: topic.partitions.map((partition) => ({
      ...partition,
      replicas: replicasOf(name, partition.partition) ?? partition.replicas,
    })),
  };
}

function mostReplicas(topics: readonly TopologyTopic[]): number {
  let most = 1;
  for (const { partitions } of topics)
    for (const { replicas } of partitions) most = Math.max(most, replicas.length);
  return most;
}

function invalid(field: string, message: Sentence): Failure {
  return new Failure('invalid_request', message, { fields: [{ field, message }] });
}
