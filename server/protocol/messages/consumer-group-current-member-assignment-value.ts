import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface TopicPartitions {
  topicId: string;
  partitions: number[];
  assignmentEpochs: number[] | null;
}

const topicPartitionsStruct: Struct = { name: 'TopicPartitions', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', ['int32'], '0+'],
  ['assignmentEpochs', ['int32'], '0+', { nullable: '0+', tagged: '0+', tag: 0 }],
] };

export interface ConsumerGroupCurrentMemberAssignmentValue {
  memberEpoch: number;
  previousMemberEpoch: number;
  state: number;
  assignedPartitions: TopicPartitions[];
  partitionsPendingRevocation: TopicPartitions[];
}

export const consumerGroupCurrentMemberAssignmentValue: Message<ConsumerGroupCurrentMemberAssignmentValue> = defineMessage(
  'ConsumerGroupCurrentMemberAssignmentValue', '0', '0+',
  [
    ['memberEpoch', 'int32', '0+'],
    ['previousMemberEpoch', 'int32', '0+'],
    ['state', 'int8', '0+'],
    ['assignedPartitions', [topicPartitionsStruct], '0+'],
    ['partitionsPendingRevocation', [topicPartitionsStruct], '0+'],
  ], 8,
);
