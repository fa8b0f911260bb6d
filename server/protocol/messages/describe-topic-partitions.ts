import { type Api, defineApi, type Struct } from '../schema.ts';

export interface TopicRequest {
  name: string;
}

const topicRequestStruct: Struct = { name: 'TopicRequest', fields: [
  ['name', 'string', '0+'],
] };

export interface DescribeTopicPartitionsRequestCursor {
  topicName: string;
  partitionIndex: number;
}

const describeTopicPartitionsRequestCursorStruct: Struct = { name: 'DescribeTopicPartitionsRequestCursor', fields: [
  ['topicName', 'string', '0+'],
  ['partitionIndex', 'int32', '0+'],
] };

export interface DescribeTopicPartitionsResponsePartition {
  errorCode: number;
  partitionIndex: number;
  leaderId: number;
  leaderEpoch: number;
  replicaNodes: number[];
  isrNodes: number[];
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
  offlineReplicas: number[];
}

const describeTopicPartitionsResponsePartitionStruct: Struct = { name: 'DescribeTopicPartitionsResponsePartition', fields: [
  ['errorCode', 'int16', '0+'],
  ['partitionIndex', 'int32', '0+'],
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+', { default: -1, ignorable: true }],
  ['replicaNodes', ['int32'], '0+'],
  ['isrNodes', ['int32'], '0+'],
  ['eligibleLeaderReplicas', ['int32'], '0+', { nullable: '0+', default: null }],
  ['lastKnownElr', ['int32'], '0+', { nullable: '0+', default: null }],
  ['offlineReplicas', ['int32'], '0+', { ignorable: true }],
] };

export interface DescribeTopicPartitionsResponseTopic {
  errorCode: number;
  name: string | null;
  topicId: string;
  isInternal: boolean;
  partitions: DescribeTopicPartitionsResponsePartition[];
  topicAuthorizedOperations: number;
}

const describeTopicPartitionsResponseTopicStruct: Struct = { name: 'DescribeTopicPartitionsResponseTopic', fields: [
  ['errorCode', 'int16', '0+'],
  ['name', 'string', '0+', { nullable: '0+' }],
  ['topicId', 'uuid', '0+', { ignorable: true }],
  ['isInternal', 'bool', '0+', { ignorable: true }],
  ['partitions', [describeTopicPartitionsResponsePartitionStruct], '0+'],
  ['topicAuthorizedOperations', 'int32', '0+', { default: -2147483648 }],
] };

export interface DescribeTopicPartitionsResponseCursor {
  topicName: string;
  partitionIndex: number;
}

const describeTopicPartitionsResponseCursorStruct: Struct = { name: 'DescribeTopicPartitionsResponseCursor', fields: [
  ['topicName', 'string', '0+'],
  ['partitionIndex', 'int32', '0+'],
] };

export interface DescribeTopicPartitionsRequest {
  topics: TopicRequest[];
  responsePartitionLimit: number;
  cursor: DescribeTopicPartitionsRequestCursor | null;
}

export interface DescribeTopicPartitionsResponse {
  throttleTimeMs: number;
  topics: DescribeTopicPartitionsResponseTopic[];
  nextCursor: DescribeTopicPartitionsResponseCursor | null;
}

export const describeTopicPartitionsApi: Api<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse> = defineApi(
  75, 'DescribeTopicPartitions', '0', '0+',
  [
    ['topics', [topicRequestStruct], '0+'],
    ['responsePartitionLimit', 'int32', '0+', { default: 2000 }],
    ['cursor', describeTopicPartitionsRequestCursorStruct, '0+', { nullable: '0+', default: null }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+', { ignorable: true }],
    ['topics', [describeTopicPartitionsResponseTopicStruct], '0+'],
    ['nextCursor', describeTopicPartitionsResponseCursorStruct, '0+', { nullable: '0+', default: null }],
  ],
);
