import type { Plan } from '../../lib/contract/plans.ts';
import { spoken, type Unspoken } from '../../lib/contract/sentence.ts';
import { joined, say } from '../../lib/i18n/sentences/sentence.ts';
import { deleteTopicCommands } from '../../lib/kafka/command-line.ts';
import type { Cluster } from '../cluster.ts';
import { findTopic } from '../snapshot/find-topic.ts';
import { type PlanWarning, planOf } from './plan-of.ts';
import { previewBy } from './preview-wait.ts';
import { sayBytes } from './say.ts';
import { type TopicConsumer, topicConsumers } from './topic-consumers.ts';
import { topicContents } from './topic-contents.ts';

/** What deleting a topic takes away, and from whom. Throws `not_found`. */
export async function previewDeleteTopic(cluster: Cluster, name: string): Promise<Unspoken<Plan>> {
  const found = await findTopic(cluster.snapshots, name);
  const { topic } = found;
  const until = previewBy();
  const [contents, consumers] = await Promise.all([
    topicContents(cluster, found, until),
    topicConsumers(cluster, name, until),
  ]);
  const { messageCount, sizeBytes } = contents;
  const held = [
    say('count.partitions', { count: topic.partitions.length }),
    ...(messageCount === null ? [] : [say('count.messages', { count: messageCount })]),
    ...(sizeBytes === null ? [] : [say('plan.onDisk', { size: sayBytes(sizeBytes) })]),
  ];
  const warnings: PlanWarning[] = [];
  if (topic.isInternal)
    warnings.push({
      code: 'internal-topic',
      detail: say('warn.internalDeleted', { topic: name }),
    });
  if (messageCount !== 0)
    warnings.push({
      code: 'messages-lost',
      detail:
        messageCount === null
          ? say('warn.messagesLostUnknown')
          : say('warn.messagesLost', { count: messageCount }),
    });
  for (const consumer of consumers) warnings.push(readBy(consumer));
  return planOf('delete-topic', {
    changes: [{ subject: say('plan.topic', { topic: name }), before: joined(held, ', '), after: null }],
    warnings,
    ...deleteTopicCommands(cluster, name),
  });
}

function readBy({ groupId, state, memberCount }: TopicConsumer): PlanWarning {
  const isActive = memberCount !== null && memberCount > 0;
  return {
    code: isActive ? 'active-group' : 'group-offsets-lost',
    subject: spoken(groupId),
    detail: isActive
      ? say('warn.groupReads', { group: groupId, state, members: memberCount })
      : say('warn.groupOffsetsLost', { group: groupId }),
  };
}
