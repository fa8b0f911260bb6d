import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface PartitionMetadata {
  partition: number;
  racks: string[];
}

const partitionMetadataStruct: Struct = { name: 'PartitionMetadata', fields: [
  ['partition', 'int32', '0+'],
  ['racks', ['string'], '0+'],
] };

export interface TopicMetadata {
  topicId: string;
  topicName: string;
  numPartitions: number;
  partitionMetadata: PartitionMetadata[];
}

const topicMetadataStruct: Struct = { name: 'TopicMetadata', fields: [
  ['topicId', 'uuid', '0+'],
  ['topicName', 'string', '0+'],
  ['numPartitions', 'int32', '0+'],
  ['partitionMetadata', [partitionMetadataStruct], '0+'],
] };

export interface ConsumerGroupPartitionMetadataValue {
  topics: TopicMetadata[];
}

export const consumerGroupPartitionMetadataValue: Message<ConsumerGroupPartitionMetadataValue> = defineMessage(
  'ConsumerGroupPartitionMetadataValue', '0', '0+',
  [
    ['topics', [topicMetadataStruct], '0+'],
  ], 4,
);
