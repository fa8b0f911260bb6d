import { type Api, defineApi, type Struct } from '../schema.ts';

export interface TxnOffsetCommitRequestPartition {
  partitionIndex: number;
  committedOffset: bigint;
  committedLeaderEpoch: number;
  committedMetadata: string | null;
}

const txnOffsetCommitRequestPartitionStruct: Struct = { name: 'TxnOffsetCommitRequestPartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['committedOffset', 'int64', '0+'],
  ['committedLeaderEpoch', 'int32', '2+', { default: -1, ignorable: true }],
  ['committedMetadata', 'string', '0+', { nullable: '0+' }],
] };

export interface TxnOffsetCommitRequestTopic {
  name: string;
  partitions: TxnOffsetCommitRequestPartition[];
}

const txnOffsetCommitRequestTopicStruct: Struct = { name: 'TxnOffsetCommitRequestTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', [txnOffsetCommitRequestPartitionStruct], '0+'],
] };

export interface TxnOffsetCommitResponsePartition {
  partitionIndex: number;
  errorCode: number;
}

const txnOffsetCommitResponsePartitionStruct: Struct = { name: 'TxnOffsetCommitResponsePartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
] };

export interface TxnOffsetCommitResponseTopic {
  name: string;
  partitions: TxnOffsetCommitResponsePartition[];
}

const txnOffsetCommitResponseTopicStruct: Struct = { name: 'TxnOffsetCommitResponseTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', [txnOffsetCommitResponsePartitionStruct], '0+'],
] };

export interface TxnOffsetCommitRequest {
  transactionalId: string;
  groupId: string;
  producerId: bigint;
  producerEpoch: number;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
  topics: TxnOffsetCommitRequestTopic[];
}

export interface TxnOffsetCommitResponse {
  throttleTimeMs: number;
  topics: TxnOffsetCommitResponseTopic[];
}

export const txnOffsetCommitApi: Api<TxnOffsetCommitRequest, TxnOffsetCommitResponse> = defineApi(
  28, 'TxnOffsetCommit', '0-5', '3+',
  [
    ['transactionalId', 'string', '0+'],
    ['groupId', 'string', '0+'],
    ['producerId', 'int64', '0+'],
    ['producerEpoch', 'int16', '0+'],
    ['generationId', 'int32', '3+', { default: -1 }],
    ['memberId', 'string', '3+'],
    ['groupInstanceId', 'string', '3+', { nullable: '3+', default: null }],
    ['topics', [txnOffsetCommitRequestTopicStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['topics', [txnOffsetCommitResponseTopicStruct], '0+'],
  ],
);
