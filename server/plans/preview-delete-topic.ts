import type { Plan } from '../../lib/contract/plans.ts';
import { deleteTopicCommands } from '../../lib/kafka/command-line.ts';
import type { Cluster } from '../cluster.ts';
import { findTopic } from '../snapshot/find-topic.ts';
import { type PlanWarning, planOf } from './plan-of.ts';
import { previewBy } from './preview-wait.ts';
import { sayBytes, sayNumber } from './say.ts';
import { type TopicConsumer, topicConsumers } from './topic-consumers.ts';
import { topicContents } from './topic-contents.ts';

/** What deleting a topic takes away, and from whom. Throws `not_found`. */
export async function previewDeleteTopic(cluster: Cluster, name: string): Promise<Plan> {
  const found = await findTopic(cluster.snapshots, name);
  const { topic } = found;
  const until = previewBy();
  const [contents, consumers] = await Promise.all([
    topicContents(cluster, found, until),
    topicConsumers(cluster, name, until),
  ]);
  const { messageCount, sizeBytes } = contents;
  const held = [
    sayNumber(topic.partitions.length, 'partition'),
    ...(messageCount === null ? [] : [sayNumber(messageCount, 'message')]),
    ...(sizeBytes === null ? [] : [`${sayBytes(sizeBytes)} on disk`]),
  ].join(', ');
  const warnings: PlanWarning[] = [];
  if (topic.isInternal)
    warnings.push({
      code: 'internal-topic',
      detail: `${name} is one of Kafka's own topics: without it groups or transactions lose what they know`,
    });
  if (messageCount !== 0)
    warnings.push({
      code: 'messages-lost',
      detail:
        messageCount === null
          ? 'Its messages are lost; how many is not known at the moment'
          : `${sayNumber(messageCount, 'message')} ${messageCount === 1 ? 'is' : 'are'} lost for good`,
    });
  for (const consumer of consumers) warnings.push(readBy(consumer));
  return planOf('delete-topic', {
    changes: [{ subject: `topic ${name}`, before: held, after: null }],
    warnings,
    ...deleteTopicCommands(cluster.bootstrapServers, name),
  });
}

function readBy({ groupId, state, memberCount }: TopicConsumer): PlanWarning {
  const isActive = memberCount !== null && memberCount > 0;
  return {
    code: isActive ? 'active-group' : 'group-offsets-lost',
    subject: groupId,
    detail: isActive
      ? `Group ${groupId} reads it now (${state}, ${sayNumber(memberCount, 'member')})`
      : `Group ${groupId} has committed offsets for it, which are lost`,
  };
}
