import { streamsGroupCurrentMemberAssignmentKey } from '../../../protocol/messages/streams-group-current-member-assignment-key.ts';
import {
  type StreamsGroupCurrentMemberAssignmentValue,
  streamsGroupCurrentMemberAssignmentValue,
} from '../../../protocol/messages/streams-group-current-member-assignment-value.ts';
import { streamsGroupMemberMetadataKey } from '../../../protocol/messages/streams-group-member-metadata-key.ts';
import { streamsGroupMemberMetadataValue } from '../../../protocol/messages/streams-group-member-metadata-value.ts';
import { streamsGroupMetadataKey } from '../../../protocol/messages/streams-group-metadata-key.ts';
import { streamsGroupMetadataValue } from '../../../protocol/messages/streams-group-metadata-value.ts';
import { streamsGroupTargetAssignmentMemberKey } from '../../../protocol/messages/streams-group-target-assignment-member-key.ts';
import { streamsGroupTargetAssignmentMemberValue } from '../../../protocol/messages/streams-group-target-assignment-member-value.ts';
import { streamsGroupTargetAssignmentMetadataKey } from '../../../protocol/messages/streams-group-target-assignment-metadata-key.ts';
import { streamsGroupTargetAssignmentMetadataValue } from '../../../protocol/messages/streams-group-target-assignment-metadata-value.ts';
import { streamsGroupTopologyKey } from '../../../protocol/messages/streams-group-topology-key.ts';
import {
  type StreamsGroupTopologyValue,
  streamsGroupTopologyValue,
} from '../../../protocol/messages/streams-group-topology-value.ts';
import type { TopicPartitions } from '../assignors/assignor.ts';
import type { TaskAssignment } from '../assignors/sticky.ts';
import type { GroupRecord } from '../group-home.ts';
import { type RecordKind, type Replay, recordKind, recordOf, replayOf, tombstoneOf } from '../record-kind.ts';
import type { PartitionEpochs } from '../topic-partitions.ts';
import { NO_TASKS, newStreamsMember, type StreamsGroup, type StreamsMember } from './streams-group.ts';

const EPOCH = recordKind(streamsGroupMetadataKey, streamsGroupMetadataValue);
const MEMBER = recordKind(streamsGroupMemberMetadataKey, streamsGroupMemberMetadataValue);
const TARGET_EPOCH = recordKind(
  streamsGroupTargetAssignmentMetadataKey,
  streamsGroupTargetAssignmentMetadataValue,
);
const TARGET = recordKind(streamsGroupTargetAssignmentMemberKey, streamsGroupTargetAssignmentMemberValue);
const CURRENT = recordKind(streamsGroupCurrentMemberAssignmentKey, streamsGroupCurrentMemberAssignmentValue);
const TOPOLOGY = recordKind(streamsGroupTopologyKey, streamsGroupTopologyValue);

/** What of a streams group as a whole is written together. */
export interface StreamsEpoch {
  readonly epoch: number;
  readonly metadataHash: bigint;
  readonly validatedTopologyEpoch: number;
  readonly assignmentConfigs: ReadonlyMap<string, string>;
}

/** Tasks as messages list them. */
export function listedTasks(tasks: TopicPartitions): { subtopologyId: string; partitions: number[] }[] {
  return [...tasks].map(([subtopologyId, partitions]) => ({
    subtopologyId,
    partitions: [...partitions].sort((a, b) => a - b),
  }));
}

export function streamsEpochRecord(groupId: string, state: StreamsEpoch): GroupRecord {
  const { epoch, metadataHash, validatedTopologyEpoch, assignmentConfigs } = state;
  const lastAssignmentConfigs = [...assignmentConfigs].map(([key, value]) => ({ key, value }));
  return recordOf(EPOCH, { groupId }, { epoch, metadataHash, validatedTopologyEpoch, lastAssignmentConfigs });
}

export function topologyRecord(groupId: string, topology: StreamsGroupTopologyValue): GroupRecord {
  return recordOf(TOPOLOGY, { groupId }, topology);
}

export function streamsMemberRecord(groupId: string, member: StreamsMember): GroupRecord {
  const { id: memberId, clientTags, instanceId, rackId, clientId, clientHost } = member;
  const { rebalanceTimeoutMs, topologyEpoch, processId, userEndpoint } = member;
  return recordOf(
    MEMBER,
    { groupId, memberId },
    {
      instanceId,
      rackId,
      clientId,
      clientHost,
      rebalanceTimeoutMs,
      topologyEpoch,
      processId,
      userEndpoint,
      clientTags: [...clientTags].map(([key, value]) => ({ key, value })),
    },
  );
}

export function streamsTargetEpochRecord(
  groupId: string,
  assignmentEpoch: number,
  atMs: number,
): GroupRecord {
  return recordOf(TARGET_EPOCH, { groupId }, { assignmentEpoch, assignmentTimestamp: atMs });
}

export function streamsTargetRecord(groupId: string, memberId: string, target: TaskAssignment): GroupRecord {
  return recordOf(
    TARGET,
    { groupId, memberId },
    {
      activeTasks: listedTasks(target.active),
      standbyTasks: listedTasks(target.standby),
      warmupTasks: listedTasks(target.warmup),
    },
  );
}

export function streamsCurrentRecord(groupId: string, member: StreamsMember): GroupRecord {
  const { assigned, pendingRevocation: pending } = member;
  return recordOf(
    CURRENT,
    { groupId, memberId: member.id },
    {
      memberEpoch: member.epoch,
      previousMemberEpoch: member.previousEpoch,
      state: member.state,
      activeTasks: listedWithEpochs(assigned.active),
      standbyTasks: listedTasks(assigned.standby),
      warmupTasks: listedTasks(assigned.warmup),
      activeTasksPendingRevocation: listedWithEpochs(pending.active),
      standbyTasksPendingRevocation: listedTasks(pending.standby),
      warmupTasksPendingRevocation: listedTasks(pending.warmup),
    },
  );
}

export function streamsMemberTombstones(groupId: string, memberId: string): GroupRecord[] {
  return [CURRENT, TARGET, MEMBER].map((kind) =>
    tombstoneOf(kind as RecordKind<{ groupId: string; memberId: string }, unknown>, { groupId, memberId }),
  );
}

export function streamsGroupTombstones(group: StreamsGroup): GroupRecord[] {
  const { id: groupId } = group;
  return [
    ...[...group.members.keys()].flatMap((memberId) => streamsMemberTombstones(groupId, memberId)),
    tombstoneOf(TARGET_EPOCH, { groupId }),
    tombstoneOf(TOPOLOGY, { groupId }),
    tombstoneOf(EPOCH, { groupId }),
  ];
}

/** Where groups are looked up while records are replayed. */
export interface StreamsGroups {
  /** The streams group of that id; made, in the place of a group that has only offsets, when `create` is true. */
  streamsGroup(groupId: string, create: boolean): StreamsGroup | undefined;
  forget(groupId: string): void;
}

/** How records of streams groups are replayed. */
export const STREAMS_REPLAYS: ReadonlyMap<number, Replay<StreamsGroups>> = new Map([
  replayOf(EPOCH, (groups: StreamsGroups, { groupId }, value) => {
    if (value === null) {
      if (groups.streamsGroup(groupId, false) !== undefined) groups.forget(groupId);
      return;
    }
    const group = groups.streamsGroup(groupId, true)!;
    group.epoch = value.epoch;
    group.metadataHash = value.metadataHash;
    group.validatedTopologyEpoch = value.validatedTopologyEpoch;
    group.assignmentConfigs = new Map(
      (value.lastAssignmentConfigs ?? []).map((each) => [each.key, each.value]),
    );
  }),
  replayOf(TOPOLOGY, (groups: StreamsGroups, { groupId }, value) => {
    const group = groups.streamsGroup(groupId, value !== null);
    if (group !== undefined) group.topology = value;
  }),
  replayOf(MEMBER, (groups: StreamsGroups, { groupId, memberId }, value) => {
    const group = groups.streamsGroup(groupId, value !== null);
    if (value === null) {
      group?.members.delete(memberId);
      if (group?.isEmpty) group.shutdownRequestedBy = null;
      return;
    }
    const { clientTags, ...profile } = value;
    group!.members.set(memberId, {
      ...(group!.members.get(memberId) ?? newStreamsMember(memberId)),
      ...profile,
      clientTags: new Map(clientTags.map((each) => [each.key, each.value])),
    });
  }),
  replayOf(TARGET_EPOCH, (groups: StreamsGroups, { groupId }, value) => {
    const group = groups.streamsGroup(groupId, value !== null);
    if (group === undefined) return;
    group.assignmentEpoch = value?.assignmentEpoch ?? -1;
    group.assignedAtMs = Number(value?.assignmentTimestamp ?? 0n);
  }),
  replayOf(TARGET, (groups: StreamsGroups, { groupId, memberId }, value) => {
    const group = groups.streamsGroup(groupId, value !== null);
    if (value === null) group?.targets.delete(memberId);
    else {
      group!.targets.set(memberId, {
        active: tasksIn(value.activeTasks),
        standby: tasksIn(value.standbyTasks),
        warmup: tasksIn(value.warmupTasks),
      });
    }
  }),
  replayOf(CURRENT, (groups: StreamsGroups, { groupId, memberId }, value) => {
    const group = groups.streamsGroup(groupId, value !== null);
    const member = group?.members.get(memberId);
    if (value === null) {
      if (member !== undefined) {
        group!.members.set(memberId, { ...member, assigned: NO_TASKS, pendingRevocation: NO_TASKS });
      }
      return;
    }
    group!.members.set(memberId, {
      ...(member ?? newStreamsMember(memberId)),
      epoch: value.memberEpoch,
      previousEpoch: value.previousMemberEpoch,
      state: value.state,
      assigned: {
        active: epochsIn(value.activeTasks, value.memberEpoch),
        standby: tasksIn(value.standbyTasks),
        warmup: tasksIn(value.warmupTasks),
      },
      pendingRevocation: {
        active: epochsIn(value.activeTasksPendingRevocation, value.memberEpoch),
        standby: tasksIn(value.standbyTasksPendingRevocation),
        warmup: tasksIn(value.warmupTasksPendingRevocation),
      },
    });
  }),
]);

/** Tasks as they are meant by a message. */
export function tasksIn(
  tasks: readonly { readonly subtopologyId: string; readonly partitions: readonly number[] }[],
): TopicPartitions {
  return new Map(tasks.map(({ subtopologyId, partitions }) => [subtopologyId, new Set(partitions)]));
}

function epochsIn(
  tasks: StreamsGroupCurrentMemberAssignmentValue['activeTasks'],
  memberEpoch: number,
): PartitionEpochs {
  return new Map(
    tasks.map(({ subtopologyId, partitions, assignmentEpochs: epochs }) => [
      subtopologyId,
      new Map(partitions.map((each, index) => [each, epochs?.[index] ?? Math.max(memberEpoch, 0)])),
    ]),
  );
}

function listedWithEpochs(tasks: PartitionEpochs) {
  return [...tasks].map(([subtopologyId, epochs]) => ({
    subtopologyId,
    partitions: [...epochs.keys()],
    assignmentEpochs: [...epochs.values()],
  }));
}
