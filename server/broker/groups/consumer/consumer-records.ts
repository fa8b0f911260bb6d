import { consumerGroupCurrentMemberAssignmentKey } from '../../../protocol/messages/consumer-group-current-member-assignment-key.ts';
import {
  type ConsumerGroupCurrentMemberAssignmentValue,
  consumerGroupCurrentMemberAssignmentValue,
} from '../../../protocol/messages/consumer-group-current-member-assignment-value.ts';
import { consumerGroupMemberMetadataKey } from '../../../protocol/messages/consumer-group-member-metadata-key.ts';
import { consumerGroupMemberMetadataValue } from '../../../protocol/messages/consumer-group-member-metadata-value.ts';
import { consumerGroupMetadataKey } from '../../../protocol/messages/consumer-group-metadata-key.ts';
import { consumerGroupMetadataValue } from '../../../protocol/messages/consumer-group-metadata-value.ts';
import { consumerGroupPartitionMetadataKey } from '../../../protocol/messages/consumer-group-partition-metadata-key.ts';
import { consumerGroupPartitionMetadataValue } from '../../../protocol/messages/consumer-group-partition-metadata-value.ts';
import { consumerGroupRegularExpressionKey } from '../../../protocol/messages/consumer-group-regular-expression-key.ts';
import { consumerGroupRegularExpressionValue } from '../../../protocol/messages/consumer-group-regular-expression-value.ts';
import { consumerGroupTargetAssignmentMemberKey } from '../../../protocol/messages/consumer-group-target-assignment-member-key.ts';
import { consumerGroupTargetAssignmentMemberValue } from '../../../protocol/messages/consumer-group-target-assignment-member-value.ts';
import { consumerGroupTargetAssignmentMetadataKey } from '../../../protocol/messages/consumer-group-target-assignment-metadata-key.ts';
import { consumerGroupTargetAssignmentMetadataValue } from '../../../protocol/messages/consumer-group-target-assignment-metadata-value.ts';
import type { TopicPartitions } from '../assignors/assignor.ts';
import type { GroupRecord } from '../group-home.ts';
import { type RecordKind, recordKind, recordOf, tombstoneOf } from '../record-kind.ts';
import { listed, type PartitionEpochs } from '../topic-partitions.ts';
import type { ConsumerGroup, ResolvedRegex } from './consumer-group.ts';
import type { ConsumerMember } from './consumer-member.ts';

export const CONSUMER_EPOCH = recordKind(consumerGroupMetadataKey, consumerGroupMetadataValue);
export const CONSUMER_MEMBER = recordKind(consumerGroupMemberMetadataKey, consumerGroupMemberMetadataValue);
/** Written by Kafka before 4.1. */
export const CONSUMER_PARTITIONS = recordKind(
  consumerGroupPartitionMetadataKey,
  consumerGroupPartitionMetadataValue,
);
export const CONSUMER_TARGET_EPOCH = recordKind(
  consumerGroupTargetAssignmentMetadataKey,
  consumerGroupTargetAssignmentMetadataValue,
);
export const CONSUMER_TARGET = recordKind(
  consumerGroupTargetAssignmentMemberKey,
  consumerGroupTargetAssignmentMemberValue,
);
export const CONSUMER_CURRENT = recordKind(
  consumerGroupCurrentMemberAssignmentKey,
  consumerGroupCurrentMemberAssignmentValue,
);
export const CONSUMER_REGEX = recordKind(
  consumerGroupRegularExpressionKey,
  consumerGroupRegularExpressionValue,
);

export function epochRecord(groupId: string, epoch: number, metadataHash: bigint): GroupRecord {
  return recordOf(CONSUMER_EPOCH, { groupId }, { epoch, metadataHash });
}

export function memberRecord(groupId: string, member: ConsumerMember): GroupRecord {
  const { id: memberId, classic } = member;
  return recordOf(
    CONSUMER_MEMBER,
    { groupId, memberId },
    {
      instanceId: member.instanceId,
      rackId: member.rackId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      subscribedTopicNames: [...member.topicNames].sort(),
      subscribedTopicRegex: member.topicRegex,
      rebalanceTimeoutMs: member.rebalanceTimeoutMs,
      serverAssignor: member.serverAssignor,
      classicMemberMetadata: classic,
    },
  );
}

export function targetEpochRecord(groupId: string, assignmentEpoch: number, atMs: number): GroupRecord {
  return recordOf(CONSUMER_TARGET_EPOCH, { groupId }, { assignmentEpoch, assignmentTimestamp: atMs });
}

export function targetRecord(groupId: string, memberId: string, target: TopicPartitions): GroupRecord {
  return recordOf(CONSUMER_TARGET, { groupId, memberId }, { topicPartitions: listed(target) });
}

export function currentRecord(groupId: string, member: ConsumerMember): GroupRecord {
  return recordOf(
    CONSUMER_CURRENT,
    { groupId, memberId: member.id },
    {
      memberEpoch: member.epoch,
      previousMemberEpoch: member.previousEpoch,
      state: member.state,
      assignedPartitions: listedWithEpochs(member.assigned),
      partitionsPendingRevocation: listedWithEpochs(member.pendingRevocation),
    },
  );
}

export function regexRecord(
  groupId: string,
  regularExpression: string,
  resolved: ResolvedRegex,
): GroupRecord {
  return recordOf(
    CONSUMER_REGEX,
    { groupId, regularExpression },
    {
      topics: [...resolved.topics].sort(),
      version: resolved.version,
      timestamp: resolved.resolvedAtMs,
    },
  );
}

export function regexTombstone(groupId: string, regularExpression: string): GroupRecord {
  return tombstoneOf(CONSUMER_REGEX, { groupId, regularExpression });
}

export function partitionMetadataTombstone(groupId: string): GroupRecord {
  return tombstoneOf(CONSUMER_PARTITIONS, { groupId });
}

/** What takes a member out: its progress, its target, itself. */
export function memberTombstones(groupId: string, memberId: string): GroupRecord[] {
  return [CONSUMER_CURRENT, CONSUMER_TARGET, CONSUMER_MEMBER].map((kind) =>
    tombstoneOf(kind as RecordKind<{ groupId: string; memberId: string }, unknown>, { groupId, memberId }),
  );
}

/** What takes a whole group out, its offsets excepted. */
export function consumerGroupTombstones(group: ConsumerGroup): GroupRecord[] {
  const { id: groupId } = group;
  return [
    ...[...group.members.keys()].flatMap((memberId) => memberTombstones(groupId, memberId)),
    ...[...group.regexes.keys()].map((regex) => regexTombstone(groupId, regex)),
    tombstoneOf(CONSUMER_TARGET_EPOCH, { groupId }),
    partitionMetadataTombstone(groupId),
    tombstoneOf(CONSUMER_EPOCH, { groupId }),
  ];
}

function listedWithEpochs(partitions: PartitionEpochs) {
  return [...partitions].map(([topicId, epochs]) => ({
    topicId,
    partitions: [...epochs.keys()],
    assignmentEpochs: [...epochs.values()],
  }));
}

/** Partitions without epochs were written by an older Kafka: they count as given in the member's own. */
export function epochsFromListed(
  topics: ConsumerGroupCurrentMemberAssignmentValue['assignedPartitions'],
  memberEpoch: number,
): PartitionEpochs {
  const fallback = Math.max(memberEpoch, 0);
  return new Map(
    topics.map(({ topicId, partitions, assignmentEpochs }) => {
      const epochs = assignmentEpochs?.length === partitions.length ? assignmentEpochs : null;
      return [topicId, new Map(partitions.map((each, index) => [each, epochs?.[index] ?? fallback]))];
    }),
  );
}
