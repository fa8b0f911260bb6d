import type { Plan } from '../../lib/contract/plans.ts';
import { spoken, type Unspoken } from '../../lib/contract/sentence.ts';
import type { CreateTopicBody } from '../../lib/contract/topics.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { brokerLoads } from '../../lib/kafka/assignment/moves.ts';
import { createTopicCommands } from '../../lib/kafka/command-line.ts';
import { createTopic } from '../client/create-topic.ts';
import type { Cluster } from '../cluster.ts';
import { assignmentWarnings } from './assignment-warnings.ts';
import { withRacks } from './broker-racks.ts';
import { type PlanWarning, planOf, summarised } from './plan-of.ts';
import { replicationWarnings } from './replication-warnings.ts';

/** What creating a topic makes, asked of the cluster itself. Throws what the cluster would refuse. */
export async function previewCreateTopic(cluster: Cluster, body: CreateTopicBody): Promise<Unspoken<Plan>> {
  const { name, assignment, configs } = body;
  const [snapshot, accepted] = await Promise.all([
    cluster.snapshots.current(),
    createTopic(cluster.client, { ...body, validateOnly: true }),
  ]);
  const { partitionCount, replicationFactor } = accepted;
  const minInsync = accepted.configs.get('min.insync.replicas') ?? configs['min.insync.replicas'] ?? null;
  const warnings: PlanWarning[] = [
    ...replicationWarnings(
      { replicationFactor, minInsyncReplicas: minInsync === null ? null : Number(minInsync) },
      snapshot.brokers,
    ),
    ...(name.startsWith('__') ? [ownName(name)] : []),
  ];
  const targets = (assignment ?? []).map((replicas, partition) => ({ topic: name, partition, replicas }));
  warnings.push(...summarised(assignmentWarnings(targets, snapshot.brokers, () => null, replicationFactor)));
  return planOf('create-topic', {
    changes: [
      {
        subject: say('plan.topic', { topic: name }),
        before: null,
        after: say('plan.newTopic', {
          partitions: say('count.partitions', { count: partitionCount }),
          replicationFactor,
        }),
      },
      ...Object.entries(configs).map(([key, value]) => ({
        subject: say('plan.config', { resource: name, config: key }),
        before: null,
        after: spoken(value),
      })),
    ],
    warnings,
    ...createTopicCommands(cluster, body),
    // Without an assignment the cluster chooses the brokers when the topic is made.
    brokers: assignment
      ? withRacks(
          brokerLoads(
            [],
            targets,
            snapshot.brokers.filter(({ isAlive }) => isAlive).map(({ id }) => id),
          ),
          snapshot.brokers,
        )
      : [],
  });
}

function ownName(name: string): PlanWarning {
  return {
    code: 'own-name',
    detail: say('warn.ownName', { topic: name }),
  };
}
