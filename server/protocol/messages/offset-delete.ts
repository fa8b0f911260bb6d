import { type Api, defineApi, type Struct } from '../schema.ts';

export interface OffsetDeleteRequestPartition {
  partitionIndex: number;
}

const offsetDeleteRequestPartitionStruct: Struct = { name: 'OffsetDeleteRequestPartition', fields: [
  ['partitionIndex', 'int32', '0+'],
] };

export interface OffsetDeleteRequestTopic {
  name: string;
  partitions: OffsetDeleteRequestPartition[];
}

const offsetDeleteRequestTopicStruct: Struct = { name: 'OffsetDeleteRequestTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', [offsetDeleteRequestPartitionStruct], '0+'],
] };

export interface OffsetDeleteResponsePartition {
  partitionIndex: number;
  errorCode: number;
}

const offsetDeleteResponsePartitionStruct: Struct = { name: 'OffsetDeleteResponsePartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
] };

export interface OffsetDeleteResponseTopic {
  name: string;
  partitions: OffsetDeleteResponsePartition[];
}

const offsetDeleteResponseTopicStruct: Struct = { name: 'OffsetDeleteResponseTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', [offsetDeleteResponsePartitionStruct], '0+'],
] };

export interface OffsetDeleteRequest {
  groupId: string;
  topics: OffsetDeleteRequestTopic[];
}

export interface OffsetDeleteResponse {
  errorCode: number;
  throttleTimeMs: number;
  topics: OffsetDeleteResponseTopic[];
}

export const offsetDeleteApi: Api<OffsetDeleteRequest, OffsetDeleteResponse> = defineApi(
  47, 'OffsetDelete', '0', 'none',
  [
    ['groupId', 'string', '0+'],
    ['topics', [offsetDeleteRequestTopicStruct], '0+'],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['throttleTimeMs', 'int32', '0+', { ignorable: true }],
    ['topics', [offsetDeleteResponseTopicStruct], '0+'],
  ],
);
