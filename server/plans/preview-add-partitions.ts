import type { Plan } from '../../lib/contract/plans.ts';
import { spoken, type Unspoken } from '../../lib/contract/sentence.ts';
import type { AddPartitionsBody } from '../../lib/contract/topics.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { brokerLoads } from '../../lib/kafka/assignment/moves.ts';
import { addPartitionsCommands } from '../../lib/kafka/command-line.ts';
import { createPartitions } from '../client/create-partitions.ts';
import type { Cluster } from '../cluster.ts';
import { readTopicConfigEntries } from '../snapshot/config-reader.ts';
import { findTopic } from '../snapshot/find-topic.ts';
import type { SnapshotTopic } from '../snapshot/snapshot-topic.ts';
import { assignmentWarnings } from './assignment-warnings.ts';
import { withRacks } from './broker-racks.ts';
import { type PlanWarning, planOf, summarised } from './plan-of.ts';
import { previewBy } from './preview-wait.ts';
import { type TopicConsumer, topicConsumers } from './topic-consumers.ts';

/** What more partitions mean for keys and consumers. Throws `not_found` and what the cluster would refuse. */
export async function previewAddPartitions(
  cluster: Cluster,
  name: string,
  body: AddPartitionsBody,
): Promise<Unspoken<Plan>> {
  const { snapshot, topic } = await findTopic(cluster.snapshots, name);
  const [consumers, isCompacted] = await Promise.all([
    topicConsumers(cluster, name, previewBy()),
    isTopicCompacted(cluster, name),
    createPartitions(cluster.client, name, { ...body, validateOnly: true }),
  ]);
  const before = topic.partitions.map(({ partition, replicas }) => ({ topic: name, partition, replicas }));
  const added = (body.assignment ?? []).map((replicas, index) => ({
    topic: name,
    partition: topic.partitions.length + index,
    replicas,
  }));
  const after = [...before, ...added];
  return planOf('add-partitions', {
    changes: [
      {
        subject: say('plan.partitions', { topic: name }),
        before: spoken(`${topic.partitions.length}`),
        after: spoken(`${body.count}`),
      },
      ...added.map(({ partition, replicas }) => ({
        subject: say('plan.replicas', { partition: `${name}-${partition}` }),
        before: null,
        after: spoken(replicas.join(', ')),
      })),
    ],
    warnings: [
      ...topicWarnings(topic, isCompacted),
      ...summarised(assignmentWarnings(added, snapshot.brokers, () => null, topic.replicationFactor)),
      ...consumers.flatMap((consumer) => idleMembers(consumer, body.count)),
    ],
    ...addPartitionsCommands(
      cluster,
      name,
      body.count,
      body.assignment ? after.map(({ replicas }) => replicas) : undefined,
    ),
    // Without an assignment the cluster chooses the brokers when the partitions are made.
    brokers: body.assignment
      ? withRacks(
          brokerLoads(
            before,
            after,
            snapshot.brokers.filter(({ isAlive }) => isAlive).map(({ id }) => id),
          ),
          snapshot.brokers,
        )
      : [],
  });
}

function topicWarnings({ name, isInternal }: SnapshotTopic, isCompacted: boolean): PlanWarning[] {
  const warnings: PlanWarning[] = [
    { code: 'never-fewer', detail: say('warn.neverFewer') },
    {
      code: 'keys-move',
      detail: say(isCompacted ? 'warn.keysMoveCompacted' : 'warn.keysMove'),
    },
  ];
  if (isInternal)
    warnings.push({
      code: 'internal-topic',
      detail: say('warn.internalGrows', { topic: name }),
    });
  return warnings;
}

/** A group with more members than partitions has members without work (classic and consumer groups; share groups have not). */
function idleMembers({ groupId, memberCount }: TopicConsumer, partitionCount: number): PlanWarning[] {
  const idle = (memberCount ?? 0) - partitionCount;
  if (idle <= 0) return [];
  return [
    {
      code: 'fewer-partitions-than-members',
      subject: spoken(groupId),
      detail: say('warn.idleMembers', { group: groupId, members: memberCount ?? 0, idle }),
    },
  ];
}

async function isTopicCompacted({ client }: Cluster, topic: string): Promise<boolean> {
  const entries = await readTopicConfigEntries(client, topic).catch(() => []);
  return entries.some(({ name, value }) => name === 'cleanup.policy' && (value ?? '').includes('compact'));
}
