import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DescribeShareGroupOffsetsRequestTopic {
  topicName: string;
  partitions: number[];
}

const describeShareGroupOffsetsRequestTopicStruct: Struct = { name: 'DescribeShareGroupOffsetsRequestTopic', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface DescribeShareGroupOffsetsRequestGroup {
  groupId: string;
  topics: DescribeShareGroupOffsetsRequestTopic[] | null;
}

const describeShareGroupOffsetsRequestGroupStruct: Struct = { name: 'DescribeShareGroupOffsetsRequestGroup', fields: [
  ['groupId', 'string', '0+'],
  ['topics', [describeShareGroupOffsetsRequestTopicStruct], '0+', { nullable: '0+' }],
] };

export interface DescribeShareGroupOffsetsResponsePartition {
  partitionIndex: number;
  startOffset: bigint;
  leaderEpoch: number;
  lag: bigint;
  errorCode: number;
  errorMessage: string | null;
}

const describeShareGroupOffsetsResponsePartitionStruct: Struct = { name: 'DescribeShareGroupOffsetsResponsePartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['startOffset', 'int64', '0+'],
  ['leaderEpoch', 'int32', '0+'],
  ['lag', 'int64', '1+', { default: -1n, ignorable: true }],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
] };

export interface DescribeShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: string;
  partitions: DescribeShareGroupOffsetsResponsePartition[];
}

const describeShareGroupOffsetsResponseTopicStruct: Struct = { name: 'DescribeShareGroupOffsetsResponseTopic', fields: [
  ['topicName', 'string', '0+'],
  ['topicId', 'uuid', '0+'],
  ['partitions', [describeShareGroupOffsetsResponsePartitionStruct], '0+'],
] };

export interface DescribeShareGroupOffsetsResponseGroup {
  groupId: string;
  topics: DescribeShareGroupOffsetsResponseTopic[];
  errorCode: number;
  errorMessage: string | null;
}

const describeShareGroupOffsetsResponseGroupStruct: Struct = { name: 'DescribeShareGroupOffsetsResponseGroup', fields: [
  ['groupId', 'string', '0+'],
  ['topics', [describeShareGroupOffsetsResponseTopicStruct], '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
] };

export interface DescribeShareGroupOffsetsRequest {
  groups: DescribeShareGroupOffsetsRequestGroup[];
}

export interface DescribeShareGroupOffsetsResponse {
  throttleTimeMs: number;
  groups: DescribeShareGroupOffsetsResponseGroup[];
}

export const describeShareGroupOffsetsApi: Api<DescribeShareGroupOffsetsRequest, DescribeShareGroupOffsetsResponse> = defineApi(
  90, 'DescribeShareGroupOffsets', '0-1', '0+',
  [
    ['groups', [describeShareGroupOffsetsRequestGroupStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['groups', [describeShareGroupOffsetsResponseGroupStruct], '0+'],
  ],
);
