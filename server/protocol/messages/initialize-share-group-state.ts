import { type Api, defineApi, type Struct } from '../schema.ts';

export interface PartitionData {
  partition: number;
  stateEpoch: number;
  startOffset: bigint;
}

const partitionDataStruct: Struct = { name: 'PartitionData', fields: [
  ['partition', 'int32', '0+'],
  ['stateEpoch', 'int32', '0+'],
  ['startOffset', 'int64', '0+'],
] };

export interface InitializeStateData {
  topicId: string;
  partitions: PartitionData[];
}

const initializeStateDataStruct: Struct = { name: 'InitializeStateData', fields: [
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

export interface InitializeStateResult {
  topicId: string;
  partitions: PartitionResult[];
}

const initializeStateResultStruct: Struct = { name: 'InitializeStateResult', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionResultStruct], '0+'],
] };

export interface InitializeShareGroupStateRequest {
  groupId: string;
  topics: InitializeStateData[];
}

export interface InitializeShareGroupStateResponse {
  results: InitializeStateResult[];
}

export const initializeShareGroupStateApi: Api<InitializeShareGroupStateRequest, InitializeShareGroupStateResponse> = defineApi(
  83, 'InitializeShareGroupState', '0', '0+',
  [
    ['groupId', 'string', '0+'],
    ['topics', [initializeStateDataStruct], '0+'],
  ],
  [
    ['results', [initializeStateResultStruct], '0+'],
  ],
);
