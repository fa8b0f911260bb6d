import { type Api, defineApi, type Struct } from '../schema.ts';

export interface AlterShareGroupOffsetsRequestPartition {
  partitionIndex: number;
  startOffset: bigint;
}

const alterShareGroupOffsetsRequestPartitionStruct: Struct = { name: 'AlterShareGroupOffsetsRequestPartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['startOffset', 'int64', '0+'],
] };

export interface AlterShareGroupOffsetsRequestTopic {
  topicName: string;
  partitions: AlterShareGroupOffsetsRequestPartition[];
}

const alterShareGroupOffsetsRequestTopicStruct: Struct = { name: 'AlterShareGroupOffsetsRequestTopic', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [alterShareGroupOffsetsRequestPartitionStruct], '0+'],
] };

export interface AlterShareGroupOffsetsResponsePartition {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
}

const alterShareGroupOffsetsResponsePartitionStruct: Struct = { name: 'AlterShareGroupOffsetsResponsePartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
] };

export interface AlterShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: string;
  partitions: AlterShareGroupOffsetsResponsePartition[];
}

const alterShareGroupOffsetsResponseTopicStruct: Struct = { name: 'AlterShareGroupOffsetsResponseTopic', fields: [
  ['topicName', 'string', '0+'],
  ['topicId', 'uuid', '0+'],
  ['partitions', [alterShareGroupOffsetsResponsePartitionStruct], '0+'],
] };

export interface AlterShareGroupOffsetsRequest {
  groupId: string;
  topics: AlterShareGroupOffsetsRequestTopic[];
}

export interface AlterShareGroupOffsetsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  responses: AlterShareGroupOffsetsResponseTopic[];
}

export const alterShareGroupOffsetsApi: Api<AlterShareGroupOffsetsRequest, AlterShareGroupOffsetsResponse> = defineApi(
  91, 'AlterShareGroupOffsets', '0', '0+',
  [
    ['groupId', 'string', '0+'],
    ['topics', [alterShareGroupOffsetsRequestTopicStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
    ['responses', [alterShareGroupOffsetsResponseTopicStruct], '0+'],
  ],
);
