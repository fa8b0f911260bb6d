import { type Api, defineApi, type Struct } from '../schema.ts';

export interface PartitionData {
  partition: number;
  leaderEpoch: number;
}

const partitionDataStruct: Struct = { name: 'PartitionData', fields: [
  ['partition', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
] };

export interface ReadStateSummaryData {
  topicId: string;
  partitions: PartitionData[];
}

const readStateSummaryDataStruct: Struct = { name: 'ReadStateSummaryData', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionDataStruct], '0+'],
] };

export interface PartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: bigint;
  deliveryCompleteCount: number;
}

const partitionResultStruct: Struct = { name: 'PartitionResult', fields: [
  ['partition', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
  ['stateEpoch', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
  ['startOffset', 'int64', '0+'],
  ['deliveryCompleteCount', 'int32', '1+', { default: -1, ignorable: true }],
] };

export interface ReadStateSummaryResult {
  topicId: string;
  partitions: PartitionResult[];
}

const readStateSummaryResultStruct: Struct = { name: 'ReadStateSummaryResult', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionResultStruct], '0+'],
] };

export interface ReadShareGroupStateSummaryRequest {
  groupId: string;
  topics: ReadStateSummaryData[];
}

export interface ReadShareGroupStateSummaryResponse {
  results: ReadStateSummaryResult[];
}

export const readShareGroupStateSummaryApi: Api<ReadShareGroupStateSummaryRequest, ReadShareGroupStateSummaryResponse> = defineApi(
  87, 'ReadShareGroupStateSummary', '0-1', '0+',
  [
    ['groupId', 'string', '0+'],
    ['topics', [readStateSummaryDataStruct], '0+'],
  ],
  [
    ['results', [readStateSummaryResultStruct], '0+'],
  ],
);
