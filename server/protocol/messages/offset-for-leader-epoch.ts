import { type Api, defineApi, type Struct } from '../schema.ts';

export interface OffsetForLeaderPartition {
  partition: number;
  currentLeaderEpoch: number;
  leaderEpoch: number;
}

const offsetForLeaderPartitionStruct: Struct = { name: 'OffsetForLeaderPartition', fields: [
  ['partition', 'int32', '0+'],
  ['currentLeaderEpoch', 'int32', '2+', { default: -1, ignorable: true }],
  ['leaderEpoch', 'int32', '0+'],
] };

export interface OffsetForLeaderTopic {
  topic: string;
  partitions: OffsetForLeaderPartition[];
}

const offsetForLeaderTopicStruct: Struct = { name: 'OffsetForLeaderTopic', fields: [
  ['topic', 'string', '0+'],
  ['partitions', [offsetForLeaderPartitionStruct], '0+'],
] };

export interface EpochEndOffset {
  errorCode: number;
  partition: number;
  leaderEpoch: number;
  endOffset: bigint;
}

const epochEndOffsetStruct: Struct = { name: 'EpochEndOffset', fields: [
  ['errorCode', 'int16', '0+'],
  ['partition', 'int32', '0+'],
  ['leaderEpoch', 'int32', '1+', { default: -1, ignorable: true }],
  ['endOffset', 'int64', '0+', { default: -1n }],
] };

export interface OffsetForLeaderTopicResult {
  topic: string;
  partitions: EpochEndOffset[];
}

const offsetForLeaderTopicResultStruct: Struct = { name: 'OffsetForLeaderTopicResult', fields: [
  ['topic', 'string', '0+'],
  ['partitions', [epochEndOffsetStruct], '0+'],
] };

export interface OffsetForLeaderEpochRequest {
  replicaId: number;
  topics: OffsetForLeaderTopic[];
}

export interface OffsetForLeaderEpochResponse {
  throttleTimeMs: number;
  topics: OffsetForLeaderTopicResult[];
}

export const offsetForLeaderEpochApi: Api<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> = defineApi(
  23, 'OffsetForLeaderEpoch', '2-4', '4+',
  [
    ['replicaId', 'int32', '3+', { default: -2, ignorable: true }],
    ['topics', [offsetForLeaderTopicStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '2+', { ignorable: true }],
    ['topics', [offsetForLeaderTopicResultStruct], '0+'],
  ],
);
