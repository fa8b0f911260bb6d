import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface TopicPartitions {
  topicId: string;
  partitions: number[];
}

const topicPartitionsStruct: Struct = { name: 'TopicPartitions', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface ShareGroupCurrentMemberAssignmentValue {
  memberEpoch: number;
  previousMemberEpoch: number;
  state: number;
  assignedPartitions: TopicPartitions[];
}

export const shareGroupCurrentMemberAssignmentValue: Message<ShareGroupCurrentMemberAssignmentValue> = defineMessage(
  'ShareGroupCurrentMemberAssignmentValue', '0', '0+',
  [
    ['memberEpoch', 'int32', '0+'],
    ['previousMemberEpoch', 'int32', '0+'],
    ['state', 'int8', '0+'],
    ['assignedPartitions', [topicPartitionsStruct], '0+'],
  ], 14,
);
