import { consumerGroupCurrentMemberAssignmentKey } from '../../protocol/messages/consumer-group-current-member-assignment-key.ts';
import { consumerGroupCurrentMemberAssignmentValue } from '../../protocol/messages/consumer-group-current-member-assignment-value.ts';
import { consumerGroupMemberMetadataKey } from '../../protocol/messages/consumer-group-member-metadata-key.ts';
import { consumerGroupMemberMetadataValue } from '../../protocol/messages/consumer-group-member-metadata-value.ts';
import { consumerGroupMetadataKey } from '../../protocol/messages/consumer-group-metadata-key.ts';
import { consumerGroupMetadataValue } from '../../protocol/messages/consumer-group-metadata-value.ts';
import { consumerGroupPartitionMetadataKey } from '../../protocol/messages/consumer-group-partition-metadata-key.ts';
import { consumerGroupPartitionMetadataValue } from '../../protocol/messages/consumer-group-partition-metadata-value.ts';
import { consumerGroupRegularExpressionKey } from '../../protocol/messages/consumer-group-regular-expression-key.ts';
import { consumerGroupRegularExpressionValue } from '../../protocol/messages/consumer-group-regular-expression-value.ts';
import { consumerGroupTargetAssignmentMemberKey } from '../../protocol/messages/consumer-group-target-assignment-member-key.ts';
import { consumerGroupTargetAssignmentMemberValue } from '../../protocol/messages/consumer-group-target-assignment-member-value.ts';
import { consumerGroupTargetAssignmentMetadataKey } from '../../protocol/messages/consumer-group-target-assignment-metadata-key.ts';
import { consumerGroupTargetAssignmentMetadataValue } from '../../protocol/messages/consumer-group-target-assignment-metadata-value.ts';
import { groupMetadataKey } from '../../protocol/messages/group-metadata-key.ts';
import { groupMetadataValue } from '../../protocol/messages/group-metadata-value.ts';
import { legacyOffsetCommitKey } from '../../protocol/messages/legacy-offset-commit-key.ts';
import { legacyOffsetCommitValue } from '../../protocol/messages/legacy-offset-commit-value.ts';
import { offsetCommitKey } from '../../protocol/messages/offset-commit-key.ts';
import { offsetCommitValue } from '../../protocol/messages/offset-commit-value.ts';
import { shareGroupCurrentMemberAssignmentKey } from '../../protocol/messages/share-group-current-member-assignment-key.ts';
import { shareGroupCurrentMemberAssignmentValue } from '../../protocol/messages/share-group-current-member-assignment-value.ts';
import { shareGroupMemberMetadataKey } from '../../protocol/messages/share-group-member-metadata-key.ts';
import { shareGroupMemberMetadataValue } from '../../protocol/messages/share-group-member-metadata-value.ts';
import { shareGroupMetadataKey } from '../../protocol/messages/share-group-metadata-key.ts';
import { shareGroupMetadataValue } from '../../protocol/messages/share-group-metadata-value.ts';
import { shareGroupStatePartitionMetadataKey } from '../../protocol/messages/share-group-state-partition-metadata-key.ts';
import { shareGroupStatePartitionMetadataValue } from '../../protocol/messages/share-group-state-partition-metadata-value.ts';
import { shareGroupTargetAssignmentMemberKey } from '../../protocol/messages/share-group-target-assignment-member-key.ts';
import { shareGroupTargetAssignmentMemberValue } from '../../protocol/messages/share-group-target-assignment-member-value.ts';
import { shareGroupTargetAssignmentMetadataKey } from '../../protocol/messages/share-group-target-assignment-metadata-key.ts';
import { shareGroupTargetAssignmentMetadataValue } from '../../protocol/messages/share-group-target-assignment-metadata-value.ts';
import { shareSnapshotKey } from '../../protocol/messages/share-snapshot-key.ts';
import { shareSnapshotValue } from '../../protocol/messages/share-snapshot-value.ts';
import { shareUpdateKey } from '../../protocol/messages/share-update-key.ts';
import { shareUpdateValue } from '../../protocol/messages/share-update-value.ts';
import { streamsGroupCurrentMemberAssignmentKey } from '../../protocol/messages/streams-group-current-member-assignment-key.ts';
import { streamsGroupCurrentMemberAssignmentValue } from '../../protocol/messages/streams-group-current-member-assignment-value.ts';
import { streamsGroupMemberMetadataKey } from '../../protocol/messages/streams-group-member-metadata-key.ts';
import { streamsGroupMemberMetadataValue } from '../../protocol/messages/streams-group-member-metadata-value.ts';
import { streamsGroupMetadataKey } from '../../protocol/messages/streams-group-metadata-key.ts';
import { streamsGroupMetadataValue } from '../../protocol/messages/streams-group-metadata-value.ts';
import { streamsGroupTargetAssignmentMemberKey } from '../../protocol/messages/streams-group-target-assignment-member-key.ts';
import { streamsGroupTargetAssignmentMemberValue } from '../../protocol/messages/streams-group-target-assignment-member-value.ts';
import { streamsGroupTargetAssignmentMetadataKey } from '../../protocol/messages/streams-group-target-assignment-metadata-key.ts';
import { streamsGroupTargetAssignmentMetadataValue } from '../../protocol/messages/streams-group-target-assignment-metadata-value.ts';
import { streamsGroupTopologyKey } from '../../protocol/messages/streams-group-topology-key.ts';
import { streamsGroupTopologyValue } from '../../protocol/messages/streams-group-topology-value.ts';
import { transactionLogKey } from '../../protocol/messages/transaction-log-key.ts';
import { transactionLogValue } from '../../protocol/messages/transaction-log-value.ts';
import type { Message } from '../../protocol/schema.ts';

/** A kind of record of Kafka's own topics. */
export interface RecordKind {
  /** As Kafka's message definitions name it, e.g. `OffsetCommit`. */
  readonly name: string;
  readonly key: Message<unknown>;
  readonly value: Message<unknown>;
}

/** By the number that keys begin with. */
export type RecordKinds = ReadonlyMap<number, RecordKind>;

type KeyAndValue = readonly [key: Message<unknown>, value: Message<unknown>];

function kindsOf(messages: readonly KeyAndValue[]): RecordKinds {
  return new Map(
    messages.map(([key, value]) => [key.recordType!, { name: key.name.replace(/Key$/, ''), key, value }]),
  );
}

/** Of `__consumer_offsets`. */
export const consumerOffsetsKinds = kindsOf([
  [legacyOffsetCommitKey, legacyOffsetCommitValue],
  [offsetCommitKey, offsetCommitValue],
  [groupMetadataKey, groupMetadataValue],
  [consumerGroupMetadataKey, consumerGroupMetadataValue],
  [consumerGroupPartitionMetadataKey, consumerGroupPartitionMetadataValue],
  [consumerGroupMemberMetadataKey, consumerGroupMemberMetadataValue],
  [consumerGroupTargetAssignmentMetadataKey, consumerGroupTargetAssignmentMetadataValue],
  [consumerGroupTargetAssignmentMemberKey, consumerGroupTargetAssignmentMemberValue],
  [consumerGroupCurrentMemberAssignmentKey, consumerGroupCurrentMemberAssignmentValue],
  [consumerGroupRegularExpressionKey, consumerGroupRegularExpressionValue],
  [shareGroupMemberMetadataKey, shareGroupMemberMetadataValue],
  [shareGroupMetadataKey, shareGroupMetadataValue],
  [shareGroupTargetAssignmentMetadataKey, shareGroupTargetAssignmentMetadataValue],
  [shareGroupTargetAssignmentMemberKey, shareGroupTargetAssignmentMemberValue],
  [shareGroupCurrentMemberAssignmentKey, shareGroupCurrentMemberAssignmentValue],
  [shareGroupStatePartitionMetadataKey, shareGroupStatePartitionMetadataValue],
  [streamsGroupMetadataKey, streamsGroupMetadataValue],
  [streamsGroupMemberMetadataKey, streamsGroupMemberMetadataValue],
  [streamsGroupTargetAssignmentMetadataKey, streamsGroupTargetAssignmentMetadataValue],
  [streamsGroupTargetAssignmentMemberKey, streamsGroupTargetAssignmentMemberValue],
  [streamsGroupCurrentMemberAssignmentKey, streamsGroupCurrentMemberAssignmentValue],
  [streamsGroupTopologyKey, streamsGroupTopologyValue],
]);

/** Of `__transaction_state`. */
export const transactionStateKinds = kindsOf([[transactionLogKey, transactionLogValue]]);

/** Of `__share_group_state`. */
export const shareGroupStateKinds = kindsOf([
  [shareSnapshotKey, shareSnapshotValue],
  [shareUpdateKey, shareUpdateValue],
]);
