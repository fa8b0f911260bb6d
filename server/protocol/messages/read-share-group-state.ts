import { type Api, defineApi, type Struct } from '../schema.ts';

export interface PartitionData {
  partition: number;
  leaderEpoch: number;
}

const partitionDataStruct: Struct = { name: 'PartitionData', fields: [
  ['partition', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
] };

export interface ReadStateData {
  topicId: string;
  partitions: PartitionData[];
}

const readStateDataStruct: Struct = { name: 'ReadStateData', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionDataStruct], '0+'],
] };

export interface StateBatch {
  firstOffset: bigint;
  lastOffset: bigint;
  deliveryState: number;
  deliveryCount: number;
}

const stateBatchStruct: Struct = { name: 'StateBatch', fields: [
  ['firstOffset', 'int64', '0+'],
  ['lastOffset', 'int64', '0+'],
  ['deliveryState', 'int8', '0+'],
  ['deliveryCount', 'int16', '0+'],
] };

export interface PartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  stateEpoch: number;
  startOffset: bigint;
  stateBatches: StateBatch[];
}

const partitionResultStruct: Struct = { name: 'PartitionResult', fields: [
  ['partition', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
  ['stateEpoch', 'int32', '0+'],
  ['startOffset', 'int64', '0+'],
  ['stateBatches', [stateBatchStruct], '0+'],
] };

export interface ReadStateResult {
  topicId: string;
  partitions: PartitionResult[];
}

const readStateResultStruct: Struct = { name: 'ReadStateResult', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionResultStruct], '0+'],
] };

export interface ReadShareGroupStateRequest {
  groupId: string;
  topics: ReadStateData[];
}

export interface ReadShareGroupStateResponse {
  results: ReadStateResult[];
}

export const readShareGroupStateApi: Api<ReadShareGroupStateRequest, ReadShareGroupStateResponse> = defineApi(
  84, 'ReadShareGroupState', '0', '0+',
  [
    ['groupId', 'string', '0+'],
    ['topics', [readStateDataStruct], '0+'],
  ],
  [
    ['results', [readStateResultStruct], '0+'],
  ],
);
