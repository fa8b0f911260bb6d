import { type Api, defineApi, type Struct } from '../schema.ts';

export interface OffsetCommitRequestPartition {
  partitionIndex: number;
  committedOffset: bigint;
  committedLeaderEpoch: number;
  committedMetadata: string | null;
}

const offsetCommitRequestPartitionStruct: Struct = { name: 'OffsetCommitRequestPartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['committedOffset', 'int64', '0+'],
  ['committedLeaderEpoch', 'int32', '6+', { default: -1, ignorable: true }],
  ['committedMetadata', 'string', '0+', { nullable: '0+' }],
] };

export interface OffsetCommitRequestTopic {
  name: string;
  topicId: string;
  partitions: OffsetCommitRequestPartition[];
}

const offsetCommitRequestTopicStruct: Struct = { name: 'OffsetCommitRequestTopic', fields: [
  ['name', 'string', '0-9', { ignorable: true }],
  ['topicId', 'uuid', '10+', { ignorable: true }],
  ['partitions', [offsetCommitRequestPartitionStruct], '0+'],
] };

export interface OffsetCommitResponsePartition {
  partitionIndex: number;
  errorCode: number;
}

const offsetCommitResponsePartitionStruct: Struct = { name: 'OffsetCommitResponsePartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
] };

export interface OffsetCommitResponseTopic {
  name: string;
  topicId: string;
  partitions: OffsetCommitResponsePartition[];
}

const offsetCommitResponseTopicStruct: Struct = { name: 'OffsetCommitResponseTopic', fields: [
  ['name', 'string', '0-9', { ignorable: true }],
  ['topicId', 'uuid', '10+', { ignorable: true }],
  ['partitions', [offsetCommitResponsePartitionStruct], '0+'],
] };

export interface OffsetCommitRequest {
  groupId: string;
  generationIdOrMemberEpoch: number;
  memberId: string;
  groupInstanceId: string | null;
  retentionTimeMs: bigint;
  topics: OffsetCommitRequestTopic[];
}

export interface OffsetCommitResponse {
  throttleTimeMs: number;
  topics: OffsetCommitResponseTopic[];
}

export const offsetCommitApi: Api<OffsetCommitRequest, OffsetCommitResponse> = defineApi(
  8, 'OffsetCommit', '2-10', '8+',
  [
    ['groupId', 'string', '0+'],
    ['generationIdOrMemberEpoch', 'int32', '1+', { default: -1, ignorable: true }],
    ['memberId', 'string', '1+', { ignorable: true }],
    ['groupInstanceId', 'string', '7+', { nullable: '7+', default: null }],
    ['retentionTimeMs', 'int64', '2-4', { default: -1n, ignorable: true }],
    ['topics', [offsetCommitRequestTopicStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '3+', { ignorable: true }],
    ['topics', [offsetCommitResponseTopicStruct], '0+'],
  ],
);
