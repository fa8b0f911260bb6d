import type { GroupTable } from '../any-group.ts';
import { NO_PARTITIONS } from '../assignors/assignor.ts';
import { sticky, type TaskAssignment, type TaskMember } from '../assignors/sticky.ts';
import type { GroupRecord } from '../group-home.ts';
import { samePartitions } from '../topic-partitions.ts';
import type { ConfiguredTopology } from './configured-topology.ts';
import { FIRST_ASSIGNMENT, type StreamsGroup, type StreamsMember } from './streams-group.ts';
import { streamsTargetEpochRecord, streamsTargetRecord } from './streams-records.ts';

export const NOTHING_TO_DO: TaskAssignment = {
  active: NO_PARTITIONS,
  standby: NO_PARTITIONS,
  warmup: NO_PARTITIONS,
};

export interface StreamsTarget {
  readonly epoch: number;
  readonly tasks: TaskAssignment;
  /** Why there is no new assignment yet; null when there is one or need be none. */
  readonly delay: string | null;
}

/** How long the first assignment of a group waits for more members, in milliseconds. */
export function waitForFirstMembers(group: StreamsGroup): number {
  return group.home.groupNumber(group.id, 'streams.initial.rebalance.delay.ms');
}

/** Makes the group's first assignment when it has waited for more members. */
export function watchFirstAssignment(shard: GroupTable, group: StreamsGroup): void {
  group.clocks.setIfAbsent(FIRST_ASSIGNMENT, waitForFirstMembers(group), () => {
    const { configured, epoch, assignmentConfigs } = group;
    const isDue = !group.isEmpty && configured !== null && epoch > group.assignmentEpoch;
    if (!isDue || shard.groups.get(group.id) !== group) return;
    const records: GroupRecord[] = [];
    streamsTarget(group, epoch, null, configured, assignmentConfigs, false, records);
    void shard.write(records);
  });
}

/** The target assignment for an epoch of the group, with `updated` in the place of what the group knows of that member. */
export function streamsTarget(
  group: StreamsGroup,
  groupEpoch: number,
  updated: StreamsMember | null,
  configured: ConfiguredTopology,
  configs: ReadonlyMap<string, string>,
  waits: boolean,
  records: GroupRecord[],
): StreamsTarget {
  const { assignmentEpoch, home } = group;
  const last = group.targets.get(updated?.id ?? '') ?? NOTHING_TO_DO;
  if (waits) {
    const delay = 'Assignment delayed due to the configured initial rebalance delay.';
    return { epoch: assignmentEpoch, tasks: NOTHING_TO_DO, delay };
  }
  if (assignmentEpoch >= groupEpoch) return { epoch: assignmentEpoch, tasks: last, delay: null };
  if (!group.mayAssignNow(home.groupNumber(group.id, 'streams.assignment.interval.ms'))) {
    const delay = 'Assignment delayed due to the configured assignment interval.';
    return { epoch: assignmentEpoch, tasks: last, delay };
  }
  const members = new Map(group.members);
  if (updated !== null) members.set(updated.id, updated);
  const specs = new Map<string, TaskMember>();
  for (const [memberId, { processId }] of members) {
    specs.set(memberId, { processId, before: group.targets.get(memberId) ?? NOTHING_TO_DO });
  }
  const isReady = configured.problem === null && configured.subtopologies !== null;
  const assignment = isReady
    ? sticky({
        members: specs,
        subtopologies: configured.subtopologies,
        standbyReplicas: Number(configs.get('num.standby.replicas') ?? 0),
      })
    : new Map<string, TaskAssignment>();
  for (const memberId of specs.keys()) {
    const target = assignment.get(memberId) ?? NOTHING_TO_DO;
    const old = group.targets.get(memberId);
    if (old === undefined || !sameTasks(old, target))
      records.push(streamsTargetRecord(group.id, memberId, target));
  }
  records.push(streamsTargetEpochRecord(group.id, groupEpoch, home.now()));
  return { epoch: groupEpoch, tasks: assignment.get(updated?.id ?? '') ?? NOTHING_TO_DO, delay: null };
}

function sameTasks(a: TaskAssignment, b: TaskAssignment): boolean {
  const roles = ['active', 'standby', 'warmup'] as const;
  return roles.every((role) => samePartitions(a[role], b[role]));
}
