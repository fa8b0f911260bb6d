import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DeleteRecordsPartition {
  partitionIndex: number;
  offset: bigint;
}

const deleteRecordsPartitionStruct: Struct = { name: 'DeleteRecordsPartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['offset', 'int64', '0+'],
] };

export interface DeleteRecordsTopic {
  name: string;
  partitions: DeleteRecordsPartition[];
}

const deleteRecordsTopicStruct: Struct = { name: 'DeleteRecordsTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', [deleteRecordsPartitionStruct], '0+'],
] };

export interface DeleteRecordsPartitionResult {
  partitionIndex: number;
  lowWatermark: bigint;
  errorCode: number;
}

const deleteRecordsPartitionResultStruct: Struct = { name: 'DeleteRecordsPartitionResult', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['lowWatermark', 'int64', '0+'],
  ['errorCode', 'int16', '0+'],
] };

export interface DeleteRecordsTopicResult {
  name: string;
  partitions: DeleteRecordsPartitionResult[];
}

const deleteRecordsTopicResultStruct: Struct = { name: 'DeleteRecordsTopicResult', fields: [
  ['name', 'string', '0+'],
  ['partitions', [deleteRecordsPartitionResultStruct], '0+'],
] };

export interface DeleteRecordsRequest {
  topics: DeleteRecordsTopic[];
  timeoutMs: number;
}

export interface DeleteRecordsResponse {
  throttleTimeMs: number;
  topics: DeleteRecordsTopicResult[];
}

export const deleteRecordsApi: Api<DeleteRecordsRequest, DeleteRecordsResponse> = defineApi(
  21, 'DeleteRecords', '0-2', '2+',
  [
    ['topics', [deleteRecordsTopicStruct], '0+'],
    ['timeoutMs', 'int32', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['topics', [deleteRecordsTopicResultStruct], '0+'],
  ],
);
