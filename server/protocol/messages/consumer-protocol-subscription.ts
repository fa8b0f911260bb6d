import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface TopicPartition {
  topic: string;
  partitions: number[];
}

const topicPartitionStruct: Struct = { name: 'TopicPartition', fields: [
  ['topic', 'string', '1+'],
  ['partitions', ['int32'], '1+'],
] };

export interface ConsumerProtocolSubscription {
  topics: string[];
  userData: Buffer | null;
  ownedPartitions: TopicPartition[];
  generationId: number;
  rackId: string | null;
}

export const consumerProtocolSubscription: Message<ConsumerProtocolSubscription> = defineMessage(
  'ConsumerProtocolSubscription', '0-3', 'none',
  [
    ['topics', ['string'], '0+'],
    ['userData', 'bytes', '0+', { nullable: '0+', default: null }],
    ['ownedPartitions', [topicPartitionStruct], '1+', { ignorable: true }],
    ['generationId', 'int32', '2+', { default: -1, ignorable: true }],
    ['rackId', 'string', '3+', { nullable: '3+', default: null, ignorable: true }],
  ],
);
