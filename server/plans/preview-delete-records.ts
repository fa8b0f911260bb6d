import type { DeleteRecordsBody, RecordDeletion } from '../../lib/contract/delete-records.ts';
import type { Plan } from '../../lib/contract/plans.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { deleteRecordsCommands } from '../../lib/kafka/command-line.ts';
import type { Cluster } from '../cluster.ts';
import { findTopic } from '../snapshot/find-topic.ts';
import { type PlanWarning, planOf, summarised } from './plan-of.ts';
import { previewBy } from './preview-wait.ts';
import { recordDeletions } from './record-deletions.ts';

/** How many messages go, of which partitions, and which groups have not read them. Throws what deleting would throw. */
export async function previewDeleteRecords(
  cluster: Cluster,
  name: string,
  body: DeleteRecordsBody,
): Promise<Unspoken<Plan>> {
  const { topic } = await findTopic(cluster.snapshots, name);
  const [deletions, unread] = await Promise.all([
    recordDeletions(cluster, topic, body),
    committedOffsets(cluster, name, previewBy()),
  ]);
  const going = deletions.filter(({ logStartOffset, beforeOffset }) => beforeOffset > logStartOffset);
  const lost = sum(going, ({ logStartOffset, beforeOffset }) => beforeOffset - logStartOffset);
  if (lost === 0) return planOf('delete-records', { deletions });
  const held = sum(deletions, ({ logStartOffset, logEndOffset }) => logEndOffset - logStartOffset);
  const warnings: PlanWarning[] = [
    { code: 'messages-lost', detail: say('warn.messagesLost', { count: lost }) },
    ...summarised(unread.flatMap((group) => notRead(group, going))),
  ];
  return planOf('delete-records', {
    changes: [
      {
        subject: say('plan.partitionsOf', { topic: name, count: deletions.length }),
        before: say('count.messages', { count: held }),
        after: say('count.messages', { count: held - lost }),
      },
    ],
    warnings,
    deletions,
    ...deleteRecordsCommands(
      cluster,
      going.map(({ partition, beforeOffset }) => ({ topic: name, partition, offset: beforeOffset })),
    ),
  });
}

interface GroupOffsets {
  groupId: string;
  /** By partition. */
  committed: ReadonlyMap<number, number>;
}

/** Groups with what they have committed of the topic; those that could not be read are missing. */
async function committedOffsets({ reads }: Cluster, topic: string, until: number): Promise<GroupOffsets[]> {
  const { groups } = await reads.groups.read(until);
  const offsetsOf = await reads.groupOffsets.read(groups, until);
  return groups.flatMap((group) => {
    const offsets = offsetsOf(group);
    const ofTopic =
      offsets && 'value' in offsets ? offsets.value.filter((committed) => committed.topic === topic) : [];
    if (ofTopic.length === 0) return [];
    const committed = new Map(ofTopic.map(({ partition, committedOffset }) => [partition, committedOffset]));
    return [{ groupId: group.groupId, committed }];
  });
}

/** A group reads on at the new start of the log: what is before is lost to it. */
function notRead({ groupId, committed }: GroupOffsets, going: readonly RecordDeletion[]): PlanWarning[] {
  const count = sum(going, ({ partition, logStartOffset, beforeOffset }) => {
    const offset = committed.get(partition);
    return offset === undefined ? 0 : Math.max(0, beforeOffset - Math.max(offset, logStartOffset));
  });
  if (count === 0) return [];
  return [
    {
      code: 'unread-messages-lost',
      detail: say('warn.unreadLost', { group: groupId, count }),
    },
  ];
}

function sum<T>(all: readonly T[], count: (one: T) => number): number {
  return all.reduce((total, one) => total + count(one), 0);
}
