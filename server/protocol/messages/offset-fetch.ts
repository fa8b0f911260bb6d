import { type Api, defineApi, type Struct } from '../schema.ts';

export interface OffsetFetchRequestTopic {
  name: string;
  partitionIndexes: number[];
}

const offsetFetchRequestTopicStruct: Struct = { name: 'OffsetFetchRequestTopic', fields: [
  ['name', 'string', '0-7'],
  ['partitionIndexes', ['int32'], '0-7'],
] };

export interface OffsetFetchRequestTopics {
  name: string;
  topicId: string;
  partitionIndexes: number[];
}

const offsetFetchRequestTopicsStruct: Struct = { name: 'OffsetFetchRequestTopics', fields: [
  ['name', 'string', '8-9', { ignorable: true }],
  ['topicId', 'uuid', '10+', { ignorable: true }],
  ['partitionIndexes', ['int32'], '8+'],
] };

export interface OffsetFetchRequestGroup {
  groupId: string;
  memberId: string | null;
  memberEpoch: number;
  topics: OffsetFetchRequestTopics[] | null;
}

const offsetFetchRequestGroupStruct: Struct = { name: 'OffsetFetchRequestGroup', fields: [
  ['groupId', 'string', '8+'],
  ['memberId', 'string', '9+', { nullable: '9+', default: null, ignorable: true }],
  ['memberEpoch', 'int32', '9+', { default: -1, ignorable: true }],
  ['topics', [offsetFetchRequestTopicsStruct], '8+', { nullable: '8+' }],
] };

export interface OffsetFetchResponsePartition {
  partitionIndex: number;
  committedOffset: bigint;
  committedLeaderEpoch: number;
  metadata: string | null;
  errorCode: number;
}

const offsetFetchResponsePartitionStruct: Struct = { name: 'OffsetFetchResponsePartition', fields: [
  ['partitionIndex', 'int32', '0-7'],
  ['committedOffset', 'int64', '0-7'],
  ['committedLeaderEpoch', 'int32', '5-7', { default: -1, ignorable: true }],
  ['metadata', 'string', '0-7', { nullable: '0-7' }],
  ['errorCode', 'int16', '0-7'],
] };

export interface OffsetFetchResponseTopic {
  name: string;
  partitions: OffsetFetchResponsePartition[];
}

const offsetFetchResponseTopicStruct: Struct = { name: 'OffsetFetchResponseTopic', fields: [
  ['name', 'string', '0-7'],
  ['partitions', [offsetFetchResponsePartitionStruct], '0-7'],
] };

export interface OffsetFetchResponsePartitions {
  partitionIndex: number;
  committedOffset: bigint;
  committedLeaderEpoch: number;
  metadata: string | null;
  errorCode: number;
}

const offsetFetchResponsePartitionsStruct: Struct = { name: 'OffsetFetchResponsePartitions', fields: [
  ['partitionIndex', 'int32', '8+'],
  ['committedOffset', 'int64', '8+'],
  ['committedLeaderEpoch', 'int32', '8+', { default: -1, ignorable: true }],
  ['metadata', 'string', '8+', { nullable: '8+' }],
  ['errorCode', 'int16', '8+'],
] };

export interface OffsetFetchResponseTopics {
  name: string;
  topicId: string;
  partitions: OffsetFetchResponsePartitions[];
}

const offsetFetchResponseTopicsStruct: Struct = { name: 'OffsetFetchResponseTopics', fields: [
  ['name', 'string', '8-9', { ignorable: true }],
  ['topicId', 'uuid', '10+', { ignorable: true }],
  ['partitions', [offsetFetchResponsePartitionsStruct], '8+'],
] };

export interface OffsetFetchResponseGroup {
  groupId: string;
  topics: OffsetFetchResponseTopics[];
  errorCode: number;
}

const offsetFetchResponseGroupStruct: Struct = { name: 'OffsetFetchResponseGroup', fields: [
  ['groupId', 'string', '8+'],
  ['topics', [offsetFetchResponseTopicsStruct], '8+'],
  ['errorCode', 'int16', '8+'],
] };

export interface OffsetFetchRequest {
  groupId: string;
  topics: OffsetFetchRequestTopic[] | null;
  groups: OffsetFetchRequestGroup[];
  requireStable: boolean;
}

export interface OffsetFetchResponse {
  throttleTimeMs: number;
  topics: OffsetFetchResponseTopic[];
  errorCode: number;
  groups: OffsetFetchResponseGroup[];
}

export const offsetFetchApi: Api<OffsetFetchRequest, OffsetFetchResponse> = defineApi(
  9, 'OffsetFetch', '1-10', '6+',
  [
    ['groupId', 'string', '0-7'],
    ['topics', [offsetFetchRequestTopicStruct], '0-7', { nullable: '2-7' }],
    ['groups', [offsetFetchRequestGroupStruct], '8+'],
    ['requireStable', 'bool', '7+'],
  ],
  [
    ['throttleTimeMs', 'int32', '3+', { ignorable: true }],
    ['topics', [offsetFetchResponseTopicStruct], '0-7'],
    ['errorCode', 'int16', '2-7', { ignorable: true }],
    ['groups', [offsetFetchResponseGroupStruct], '8+'],
  ],
);
