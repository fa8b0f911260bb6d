import { type Api, defineApi, type Struct } from '../schema.ts';

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

export interface PartitionData {
  partition: number;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: bigint;
  deliveryCompleteCount: number;
  stateBatches: StateBatch[];
}

const partitionDataStruct: Struct = { name: 'PartitionData', fields: [
  ['partition', 'int32', '0+'],
  ['stateEpoch', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
  ['startOffset', 'int64', '0+'],
  ['deliveryCompleteCount', 'int32', '1+', { default: -1, ignorable: true }],
  ['stateBatches', [stateBatchStruct], '0+'],
] };

export interface WriteStateData {
  topicId: string;
  partitions: PartitionData[];
}

const writeStateDataStruct: Struct = { name: 'WriteStateData', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionDataStruct], '0+'],
] };

export interface PartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
}

const partitionResultStruct: Struct = { name: 'PartitionResult', fields: [
  ['partition', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
] };

export interface WriteStateResult {
  topicId: string;
  partitions: PartitionResult[];
}

const writeStateResultStruct: Struct = { name: 'WriteStateResult', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionResultStruct], '0+'],
] };

export interface WriteShareGroupStateRequest {
  groupId: string;
  topics: WriteStateData[];
}

export interface WriteShareGroupStateResponse {
  results: WriteStateResult[];
}

export const writeShareGroupStateApi: Api<WriteShareGroupStateRequest, WriteShareGroupStateResponse> = defineApi(
  85, 'WriteShareGroupState', '0-1', '0+',
  [
    ['groupId', 'string', '0+'],
    ['topics', [writeStateDataStruct], '0+'],
  ],
  [
    ['results', [writeStateResultStruct], '0+'],
  ],
);
