import type { Plan, ReassignmentRequest } from '../../lib/contract/plans.ts';
import { spoken, type Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { brokerLoads, movesOf, type ReplicaMove } from '../../lib/kafka/assignment/moves.ts';
import { reassignmentCommands } from '../../lib/kafka/command-line.ts';
import type { PartitionReplicas } from '../../lib/kafka/topology.ts';
import type { Cluster } from '../cluster.ts';
import type { ClusterSnapshot } from '../snapshot/cluster-snapshot.ts';
import { assignmentWarnings } from './assignment-warnings.ts';
import { withRacks } from './broker-racks.ts';
import { type PlanChange, type PlanWarning, planOf, summarised } from './plan-of.ts';
import { previewBy } from './preview-wait.ts';
import { reassignmentCosts } from './reassignment-costs.ts';
import { type ReplicasOf, reassignmentTargets } from './reassignment-targets.ts';
import { replicationWarnings } from './replication-warnings.ts';

/**
 * Where replicas would go, what is copied for it, and how brokers are loaded before and after with the partitions of the
 * topics concerned. Throws `not_found`, `invalid_request` with the targets that are wrong.
 */
export async function previewReassignment(
  cluster: Cluster,
  request: ReassignmentRequest,
): Promise<Unspoken<Plan>> {
  const until = previewBy();
  const snapshot = await cluster.snapshots.refreshed();
  const ongoing = await cluster.reads.reassignments.read(until);
  const moving = ongoing && 'value' in ongoing ? ongoing.value : undefined;
  /** Where replicas are, or where they are being moved to. */
  const replicasOf: ReplicasOf = (topic, id) => {
    const known = snapshot.topics.get(topic);
    if (!known) return undefined;
    const partition = known.partitions[id];
    if (!partition) return null;
    const removing = moving?.get(topic, id)?.removingReplicas ?? [];
    return partition.replicas.filter((broker) => !removing.includes(broker));
  };
  const present = (topic: string, id: number): readonly number[] => replicasOf(topic, id) ?? [];

  const targets = await reassignmentTargets(request, snapshot, replicasOf);
  const moves = movesOf(targets, present);
  const costs = await reassignmentCosts(cluster, snapshot, moves, until);
  const { before, after } = sides(snapshot, targets, present);
  const chosen = request.generate?.brokers ?? [];
  const concerned = moves.filter(({ topic, partition }) => moving?.get(topic, partition) !== undefined);
  return planOf('reassign', {
    changes: factorChanges(snapshot, before, after),
    warnings: [
      ...concerned.slice(0, 1).map(() => alreadyMoving(concerned)),
      ...factorWarnings(snapshot, request),
      ...summarised(
        assignmentWarnings(
          moves.map(({ topic, partition, after: replicas }) => ({ topic, partition, replicas })),
          snapshot.brokers,
          present,
          request.generate?.replicationFactor ?? 0,
        ),
      ),
      ...summarised(costs.warnings),
      ...electionHint(moves),
    ],
    ...(moves.length === 0
      ? {}
      : reassignmentCommands(
          cluster,
          moves.map(({ topic, partition, after: replicas }) => ({ topic, partition, replicas })),
          moves.map(({ topic, partition, before: replicas }) => ({ topic, partition, replicas })),
        )),
    moves: moves.map((move, index) => {
      const bytes = costs.replicaBytes[index] ?? null;
      return {
        topic: move.topic,
        partition: move.partition,
        before: [...move.before],
        after: [...move.after],
        bytesToMove: bytes === null ? null : bytes * move.added.length,
      };
    }),
    bytesToMove: costs.bytesToMove,
    brokers: withRacks(brokerLoads(before, after, chosen), snapshot.brokers),
  });
}

/** All partitions of the topics that targets name, before and after. */
function sides(
  { topics }: ClusterSnapshot,
  targets: readonly PartitionReplicas[],
  present: (topic: string, partition: number) => readonly number[],
): { before: PartitionReplicas[]; after: PartitionReplicas[] } {
  const before: PartitionReplicas[] = [];
  const after: PartitionReplicas[] = [];
  for (const [topic, named] of Map.groupBy(targets, (target) => target.topic)) {
    const wanted = new Map(named.map(({ partition, replicas }) => [partition, replicas]));
    for (const { partition } of topics.get(topic)?.partitions ?? []) {
      const replicas = present(topic, partition);
      before.push({ topic, partition, replicas });
      after.push({ topic, partition, replicas: wanted.get(partition) ?? replicas });
    }
  }
  return { before, after };
}

/** Topics that get another replication factor; partition 0 stands for its topic. */
function factorChanges(
  { topics }: ClusterSnapshot,
  before: readonly PartitionReplicas[],
  after: readonly PartitionReplicas[],
): PlanChange[] {
  return after.flatMap(({ topic, partition, replicas }, index) => {
    const had = before[index]!.replicas.length;
    if (partition !== topics.get(topic)?.partitions[0]?.partition || had === replicas.length) return [];
    const subject = say('plan.replicationFactor', { topic });
    return [{ subject, before: spoken(`${had}`), after: spoken(`${replicas.length}`) }];
  });
}

/** What the replication factor asked for brings, once for all topics. */
function factorWarnings({ brokers }: ClusterSnapshot, { generate }: ReassignmentRequest): PlanWarning[] {
  if (generate?.replicationFactor === undefined) return [];
  const chosen = new Set(generate.brokers);
  return replicationWarnings(
    { replicationFactor: generate.replicationFactor, minInsyncReplicas: null },
    brokers.filter(({ id }) => chosen.has(id)),
  );
}

function alreadyMoving(moves: readonly ReplicaMove[]): PlanWarning {
  return { code: 'already-moving', detail: say('warn.alreadyMoving', { count: moves.length }) };
}

/** Kafka keeps a leader that stays a replica until the next election of preferred leaders (KIP-455). */
function electionHint(moves: readonly ReplicaMove[]): PlanWarning[] {
  const later = moves.filter(
    ({ before, after }) => before[0] !== undefined && before[0] !== after[0] && after.includes(before[0]),
  );
  if (later.length === 0) return [];
  return [{ code: 'elect-leaders-later', detail: say('warn.electLater', { count: later.length }) }];
}
