import { type Replay, replayOf } from '../record-kind.ts';
import { fromListed, NO_EPOCHS } from '../topic-partitions.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import { LEAVE_EPOCH, newConsumerMember } from './consumer-member.ts';
import {
  CONSUMER_CURRENT,
  CONSUMER_EPOCH,
  CONSUMER_MEMBER,
  CONSUMER_PARTITIONS,
  CONSUMER_REGEX,
  CONSUMER_TARGET,
  CONSUMER_TARGET_EPOCH,
  epochsFromListed,
} from './consumer-records.ts';

/** Where groups are looked up while records are replayed. */
export interface ConsumerGroups {
  /** The consumer group of that id; made, in the place of a group that has only offsets, when `create` is true. */
  consumerGroup(groupId: string, create: boolean): ConsumerGroup | undefined;
  forget(groupId: string): void;
}

/** How records of consumer groups are replayed (Kafka's GroupMetadataManager). */
export const CONSUMER_REPLAYS: ReadonlyMap<number, Replay<ConsumerGroups>> = new Map([
  replayOf(CONSUMER_EPOCH, (groups: ConsumerGroups, { groupId }, value) => {
    if (value === null) {
      if (groups.consumerGroup(groupId, false) !== undefined) groups.forget(groupId);
      return;
    }
    const group = groups.consumerGroup(groupId, true)!;
    group.epoch = value.epoch;
    group.metadataHash = value.metadataHash;
  }),
  replayOf(CONSUMER_MEMBER, (groups: ConsumerGroups, { groupId, memberId }, value) => {
    const group = groups.consumerGroup(groupId, value !== null);
    if (group === undefined) return;
    if (value === null) {
      group.removeMember(memberId);
      return;
    }
    group.putMember({
      ...(group.members.get(memberId) ?? newConsumerMember(memberId)),
      instanceId: value.instanceId,
      rackId: value.rackId,
      clientId: value.clientId,
      clientHost: value.clientHost,
      topicNames: new Set(value.subscribedTopicNames),
      topicRegex: value.subscribedTopicRegex ?? '',
      rebalanceTimeoutMs: value.rebalanceTimeoutMs,
      serverAssignor: value.serverAssignor,
      classic: value.classicMemberMetadata && {
        sessionTimeoutMs: value.classicMemberMetadata.sessionTimeoutMs,
        supportedProtocols: value.classicMemberMetadata.supportedProtocols.map(({ name, metadata }) => ({
          name,
          metadata: Buffer.from(metadata),
        })),
      },
    });
  }),
  replayOf(CONSUMER_PARTITIONS, (groups: ConsumerGroups, { groupId }, value) => {
    const group = groups.consumerGroup(groupId, value !== null);
    if (group !== undefined) group.hasPartitionMetadataRecord = value !== null;
  }),
  replayOf(CONSUMER_TARGET_EPOCH, (groups: ConsumerGroups, { groupId }, value) => {
    const group = groups.consumerGroup(groupId, value !== null);
    if (group === undefined) return;
    group.assignmentEpoch = value?.assignmentEpoch ?? -1;
    group.assignedAtMs = Number(value?.assignmentTimestamp ?? 0n);
  }),
  replayOf(CONSUMER_TARGET, (groups: ConsumerGroups, { groupId, memberId }, value) => {
    const group = groups.consumerGroup(groupId, value !== null);
    if (value === null) group?.targets.delete(memberId);
    else group!.targets.set(memberId, fromListed(value.topicPartitions));
  }),
  replayOf(CONSUMER_CURRENT, (groups: ConsumerGroups, { groupId, memberId }, value) => {
    const group = groups.consumerGroup(groupId, value !== null);
    const member = group?.members.get(memberId);
    if (value === null) {
      if (member === undefined) return;
      const gone = { epoch: LEAVE_EPOCH, previousEpoch: LEAVE_EPOCH };
      group!.putMember({ ...member, ...gone, assigned: NO_EPOCHS, pendingRevocation: NO_EPOCHS });
      return;
    }
    group!.putMember({
      ...(member ?? newConsumerMember(memberId)),
      epoch: value.memberEpoch,
      previousEpoch: value.previousMemberEpoch,
      state: value.state,
      assigned: epochsFromListed(value.assignedPartitions, value.memberEpoch),
      pendingRevocation: epochsFromListed(value.partitionsPendingRevocation, value.memberEpoch),
    });
  }),
  replayOf(CONSUMER_REGEX, (groups: ConsumerGroups, { groupId, regularExpression }, value) => {
    const group = groups.consumerGroup(groupId, value !== null);
    if (value === null) group?.regexes.delete(regularExpression);
    else {
      group!.regexes.set(regularExpression, {
        topics: new Set(value.topics),
        version: Number(value.version),
        resolvedAtMs: Number(value.timestamp),
      });
    }
  }),
]);
