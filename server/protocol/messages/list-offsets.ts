import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ListOffsetsPartition {
  partitionIndex: number;
  currentLeaderEpoch: number;
  timestamp: bigint;
}

const listOffsetsPartitionStruct: Struct = { name: 'ListOffsetsPartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['currentLeaderEpoch', 'int32', '4+', { default: -1, ignorable: true }],
  ['timestamp', 'int64', '0+'],
] };

export interface ListOffsetsTopic {
  name: string;
  partitions: ListOffsetsPartition[];
}

const listOffsetsTopicStruct: Struct = { name: 'ListOffsetsTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', [listOffsetsPartitionStruct], '0+'],
] };

export interface ListOffsetsPartitionResponse {
  partitionIndex: number;
  errorCode: number;
  timestamp: bigint;
  offset: bigint;
  leaderEpoch: number;
}

const listOffsetsPartitionResponseStruct: Struct = { name: 'ListOffsetsPartitionResponse', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['timestamp', 'int64', '1+', { default: -1n }],
  ['offset', 'int64', '1+', { default: -1n }],
  ['leaderEpoch', 'int32', '4+', { default: -1 }],
] };

export interface ListOffsetsTopicResponse {
  name: string;
  partitions: ListOffsetsPartitionResponse[];
}

const listOffsetsTopicResponseStruct: Struct = { name: 'ListOffsetsTopicResponse', fields: [
  ['name', 'string', '0+'],
  ['partitions', [listOffsetsPartitionResponseStruct], '0+'],
] };

export interface ListOffsetsRequest {
  replicaId: number;
  isolationLevel: number;
  topics: ListOffsetsTopic[];
  timeoutMs: number;
}

export interface ListOffsetsResponse {
  throttleTimeMs: number;
  topics: ListOffsetsTopicResponse[];
}

export const listOffsetsApi: Api<ListOffsetsRequest, ListOffsetsResponse> = defineApi(
  2, 'ListOffsets', '1-11', '6+',
  [
    ['replicaId', 'int32', '0+'],
    ['isolationLevel', 'int8', '2+'],
    ['topics', [listOffsetsTopicStruct], '0+'],
    ['timeoutMs', 'int32', '10+', { ignorable: true }],
  ],
  [
    ['throttleTimeMs', 'int32', '2+', { ignorable: true }],
    ['topics', [listOffsetsTopicResponseStruct], '0+'],
  ],
);
