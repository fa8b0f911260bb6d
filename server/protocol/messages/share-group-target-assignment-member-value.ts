import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface TopicPartition {
  topicId: string;
  partitions: number[];
}

const topicPartitionStruct: Struct = { name: 'TopicPartition', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface ShareGroupTargetAssignmentMemberValue {
  topicPartitions: TopicPartition[];
}

export const shareGroupTargetAssignmentMemberValue: Message<ShareGroupTargetAssignmentMemberValue> = defineMessage(
  'ShareGroupTargetAssignmentMemberValue', '0', '0+',
  [
    ['topicPartitions', [topicPartitionStruct], '0+'],
  ], 13,
);
