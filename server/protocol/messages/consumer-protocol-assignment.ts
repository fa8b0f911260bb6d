import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface TopicPartition {
  topic: string;
  partitions: number[];
}

const topicPartitionStruct: Struct = { name: 'TopicPartition', fields: [
  ['topic', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface ConsumerProtocolAssignment {
  assignedPartitions: TopicPartition[];
  userData: Buffer | null;
}

export const consumerProtocolAssignment: Message<ConsumerProtocolAssignment> = defineMessage(
  'ConsumerProtocolAssignment', '0-3', 'none',
  [
    ['assignedPartitions', [topicPartitionStruct], '0+'],
    ['userData', 'bytes', '0+', { nullable: '0+', default: null }],
  ],
);
