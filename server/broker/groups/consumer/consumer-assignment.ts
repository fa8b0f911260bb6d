import type { Assignor, AssignorMember, TopicPartitions } from '../assignors/assignor.ts';
import { NO_PARTITIONS } from '../assignors/assignor.ts';
import { range } from '../assignors/range.ts';
import { uniform } from '../assignors/uniform.ts';
import type { GroupRecord } from '../group-home.ts';
import { samePartitions } from '../topic-partitions.ts';
import { partitionCountIn, topicIdsOf } from '../topics-view.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerMember } from './consumer-member.ts';
import { targetEpochRecord, targetRecord } from './consumer-records.ts';

/** The assignors that brokers have; the first is taken when members do not say (`group.consumer.assignors`). */
export const CONSUMER_ASSIGNORS: ReadonlyMap<string, Assignor> = new Map([
  ['uniform', uniform],
  ['range', range],
]);

export interface ConsumerTarget {
  readonly epoch: number;
  readonly target: TopicPartitions;
  readonly records: readonly GroupRecord[];
}

/**
 * The target assignment for an epoch of the group, with `updated` in the place of what the group knows of that member; of
 * the whole group only the differences are recorded. Until `*.assignment.interval.ms` is over the last one holds.
 */
export function consumerTarget(
  group: ConsumerGroup,
  groupEpoch: number,
  members: ReadonlyMap<string, ConsumerMember>,
  updated: ConsumerMember,
): ConsumerTarget {
  const last = { epoch: group.assignmentEpoch, target: group.targetOf(updated), records: [] };
  if (group.assignmentEpoch >= groupEpoch) return last;
  if (!group.mayAssignNow(group.home.groupNumber(group.id, 'consumer.assignment.interval.ms'))) return last;
  const view = group.home.topics;
  const specs = new Map<string, AssignorMember>();
  for (const [memberId, member] of members) {
    specs.set(memberId, {
      instanceId: member.instanceId,
      topicIds: topicIdsOf(group.topicsOf(member), view),
      assigned: existingOnly(group.targetOf(member), partitionCountIn(view)),
    });
  }
  const assign = CONSUMER_ASSIGNORS.get(assignorOf(group, members.values()))!;
  const assignment = assign({ members: specs, partitionCount: partitionCountIn(view) });
  const records: GroupRecord[] = [];
  for (const memberId of specs.keys()) {
    const target = assignment.get(memberId) ?? NO_PARTITIONS;
    const old = group.targets.get(memberId);
    if (old === undefined || !samePartitions(old, target))
      records.push(targetRecord(group.id, memberId, target));
  }
  records.push(targetEpochRecord(group.id, groupEpoch, group.home.now()));
  return { epoch: groupEpoch, target: assignment.get(updated.id) ?? NO_PARTITIONS, records };
}

/** The assignor that most members ask for. */
export function assignorOf(group: ConsumerGroup, members: Iterable<ConsumerMember>): string {
  const votes = new Map<string, number>();
  for (const { serverAssignor } of members) {
    if (serverAssignor !== null) votes.set(serverAssignor, (votes.get(serverAssignor) ?? 0) + 1);
  }
  let winner: string | null = null;
  for (const [name, count] of votes) if (winner === null || count > votes.get(winner)!) winner = name;
  return winner ?? group.home.settings.consumerAssignors[0]!;
}

/** Without topics that have been deleted: they have no partitions to keep. */
function existingOnly(target: TopicPartitions, partitionCount: (topicId: string) => number): TopicPartitions {
  return new Map([...target].filter(([topicId]) => partitionCount(topicId) > 0));
}
