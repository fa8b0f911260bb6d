import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface TopicPartitionsInfo {
  topicId: string;
  topicName: string;
  partitions: number[];
}

const topicPartitionsInfoStruct: Struct = { name: 'TopicPartitionsInfo', fields: [
  ['topicId', 'uuid', '0+'],
  ['topicName', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface TopicInfo {
  topicId: string;
  topicName: string;
}

const topicInfoStruct: Struct = { name: 'TopicInfo', fields: [
  ['topicId', 'uuid', '0+'],
  ['topicName', 'string', '0+'],
] };

export interface ShareGroupStatePartitionMetadataValue {
  initializingTopics: TopicPartitionsInfo[];
  initializedTopics: TopicPartitionsInfo[];
  deletingTopics: TopicInfo[];
}

export const shareGroupStatePartitionMetadataValue: Message<ShareGroupStatePartitionMetadataValue> = defineMessage(
  'ShareGroupStatePartitionMetadataValue', '0', '0+',
  [
    ['initializingTopics', [topicPartitionsInfoStruct], '0+'],
    ['initializedTopics', [topicPartitionsInfoStruct], '0+'],
    ['deletingTopics', [topicInfoStruct], '0+'],
  ], 15,
);
