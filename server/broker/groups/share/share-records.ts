import { shareGroupCurrentMemberAssignmentKey } from '../../../protocol/messages/share-group-current-member-assignment-key.ts';
import { shareGroupCurrentMemberAssignmentValue } from '../../../protocol/messages/share-group-current-member-assignment-value.ts';
import { shareGroupMemberMetadataKey } from '../../../protocol/messages/share-group-member-metadata-key.ts';
import { shareGroupMemberMetadataValue } from '../../../protocol/messages/share-group-member-metadata-value.ts';
import { shareGroupMetadataKey } from '../../../protocol/messages/share-group-metadata-key.ts';
import { shareGroupMetadataValue } from '../../../protocol/messages/share-group-metadata-value.ts';
import { shareGroupStatePartitionMetadataKey } from '../../../protocol/messages/share-group-state-partition-metadata-key.ts';
import {
  type ShareGroupStatePartitionMetadataValue,
  shareGroupStatePartitionMetadataValue,
} from '../../../protocol/messages/share-group-state-partition-metadata-value.ts';
import { shareGroupTargetAssignmentMemberKey } from '../../../protocol/messages/share-group-target-assignment-member-key.ts';
import { shareGroupTargetAssignmentMemberValue } from '../../../protocol/messages/share-group-target-assignment-member-value.ts';
import { shareGroupTargetAssignmentMetadataKey } from '../../../protocol/messages/share-group-target-assignment-metadata-key.ts';
import { shareGroupTargetAssignmentMetadataValue } from '../../../protocol/messages/share-group-target-assignment-metadata-value.ts';
import { NO_PARTITIONS, type TopicPartitions } from '../assignors/assignor.ts';
import type { GroupRecord } from '../group-home.ts';
import { type RecordKind, type Replay, recordKind, recordOf, replayOf, tombstoneOf } from '../record-kind.ts';
import { fromListed, listed } from '../topic-partitions.ts';
import {
  newShareMember,
  type ShareGroup,
  type ShareMember,
  type ShareStateTopics,
  type StateTopics,
} from './share-group.ts';

const EPOCH = recordKind(shareGroupMetadataKey, shareGroupMetadataValue);
const MEMBER = recordKind(shareGroupMemberMetadataKey, shareGroupMemberMetadataValue);
const TARGET_EPOCH = recordKind(
  shareGroupTargetAssignmentMetadataKey,
  shareGroupTargetAssignmentMetadataValue,
);
const TARGET = recordKind(shareGroupTargetAssignmentMemberKey, shareGroupTargetAssignmentMemberValue);
const CURRENT = recordKind(shareGroupCurrentMemberAssignmentKey, shareGroupCurrentMemberAssignmentValue);
const STATE_TOPICS = recordKind(shareGroupStatePartitionMetadataKey, shareGroupStatePartitionMetadataValue);

export function shareEpochRecord(groupId: string, epoch: number, metadataHash: bigint): GroupRecord {
  return recordOf(EPOCH, { groupId }, { epoch, metadataHash });
}

export function shareMemberRecord(groupId: string, member: ShareMember): GroupRecord {
  const { id: memberId, rackId, clientId, clientHost, topicNames } = member;
  const subscribedTopicNames = [...topicNames].sort();
  return recordOf(MEMBER, { groupId, memberId }, { rackId, clientId, clientHost, subscribedTopicNames });
}

export function shareTargetEpochRecord(groupId: string, assignmentEpoch: number, atMs: number): GroupRecord {
  return recordOf(TARGET_EPOCH, { groupId }, { assignmentEpoch, assignmentTimestamp: atMs });
}

export function shareTargetRecord(groupId: string, memberId: string, target: TopicPartitions): GroupRecord {
  return recordOf(TARGET, { groupId, memberId }, { topicPartitions: listed(target) });
}

export function shareCurrentRecord(groupId: string, member: ShareMember): GroupRecord {
  const { id: memberId, epoch, previousEpoch, assigned } = member;
  return recordOf(
    CURRENT,
    { groupId, memberId },
    {
      memberEpoch: epoch,
      previousMemberEpoch: previousEpoch,
      state: 0,
      assignedPartitions: listed(assigned),
    },
  );
}

export function stateTopicsRecord(groupId: string, topics: ShareStateTopics): GroupRecord {
  const named = (some: StateTopics) =>
    [...some].map(([topicId, { name, partitions }]) => ({
      topicId,
      topicName: name,
      partitions: [...partitions],
    }));
  return recordOf(
    STATE_TOPICS,
    { groupId },
    {
      initializingTopics: named(topics.initializing),
      initializedTopics: named(topics.initialized),
      deletingTopics: [...topics.deleting].map(([topicId, topicName]) => ({ topicId, topicName })),
    },
  );
}

export function shareMemberTombstones(groupId: string, memberId: string): GroupRecord[] {
  return [CURRENT, TARGET, MEMBER].map((kind) =>
    tombstoneOf(kind as RecordKind<{ groupId: string; memberId: string }, unknown>, { groupId, memberId }),
  );
}

export function shareGroupTombstones(group: ShareGroup): GroupRecord[] {
  const { id: groupId } = group;
  return [
    ...[...group.members.keys()].flatMap((memberId) => shareMemberTombstones(groupId, memberId)),
    tombstoneOf(TARGET_EPOCH, { groupId }),
    tombstoneOf(STATE_TOPICS, { groupId }),
    tombstoneOf(EPOCH, { groupId }),
  ];
}

/** Where groups are looked up while records are replayed. */
export interface ShareGroups {
  now(): number;
  /** The share group of that id; made when `create` is true. */
  shareGroup(groupId: string, create: boolean): ShareGroup | undefined;
  forget(groupId: string): void;
}

/** How records of share groups are replayed. */
export const SHARE_REPLAYS: ReadonlyMap<number, Replay<ShareGroups>> = new Map([
  replayOf(EPOCH, (groups: ShareGroups, { groupId }, value) => {
    if (value === null) {
      if (groups.shareGroup(groupId, false) !== undefined) groups.forget(groupId);
      return;
    }
    const group = groups.shareGroup(groupId, true)!;
    group.epoch = value.epoch;
    group.metadataHash = value.metadataHash;
  }),
  replayOf(MEMBER, (groups: ShareGroups, { groupId, memberId }, value) => {
    const group = groups.shareGroup(groupId, value !== null);
    if (value === null) group?.members.delete(memberId);
    else {
      group!.members.set(memberId, {
        ...(group!.members.get(memberId) ?? newShareMember(memberId)),
        rackId: value.rackId,
        clientId: value.clientId,
        clientHost: value.clientHost,
        topicNames: new Set(value.subscribedTopicNames),
      });
    }
  }),
  replayOf(TARGET_EPOCH, (groups: ShareGroups, { groupId }, value) => {
    const group = groups.shareGroup(groupId, value !== null);
    if (group === undefined) return;
    group.assignmentEpoch = value?.assignmentEpoch ?? -1;
    group.assignedAtMs = Number(value?.assignmentTimestamp ?? 0n);
  }),
  replayOf(TARGET, (groups: ShareGroups, { groupId, memberId }, value) => {
    const group = groups.shareGroup(groupId, value !== null);
    if (value === null) group?.targets.delete(memberId);
    else group!.targets.set(memberId, fromListed(value.topicPartitions));
  }),
  replayOf(CURRENT, (groups: ShareGroups, { groupId, memberId }, value) => {
    const group = groups.shareGroup(groupId, value !== null);
    const member = group?.members.get(memberId);
    if (value === null) {
      if (member !== undefined) group!.members.set(memberId, { ...member, assigned: NO_PARTITIONS });
      return;
    }
    group!.members.set(memberId, {
      ...(member ?? newShareMember(memberId)),
      epoch: value.memberEpoch,
      previousEpoch: value.previousMemberEpoch,
      assigned: fromListed(value.assignedPartitions),
    });
  }),
  replayOf(STATE_TOPICS, (groups: ShareGroups, { groupId }, value) => {
    const group = groups.shareGroup(groupId, value !== null);
    if (group !== undefined) group.stateTopics = value === null ? null : stateTopicsIn(value, groups.now());
  }),
]);

function stateTopicsIn(value: ShareGroupStatePartitionMetadataValue, sinceMs: number): ShareStateTopics {
  const named = (topics: ShareGroupStatePartitionMetadataValue['initializedTopics']): StateTopics =>
    new Map(
      topics.map(({ topicId, topicName: name, partitions }) => [
        topicId,
        { name, partitions: new Set(partitions), sinceMs },
      ]),
    );
  return {
    initializing: named(value.initializingTopics),
    initialized: named(value.initializedTopics),
    deleting: new Map(value.deletingTopics.map(({ topicId, topicName }) => [topicId, topicName])),
  };
}
