import { type Api, defineApi, type Struct } from '../schema.ts';

export interface VoteRequestPartitionData {
  partitionIndex: number;
  replicaEpoch: number;
  replicaId: number;
  replicaDirectoryId: string;
  voterDirectoryId: string;
  lastOffsetEpoch: number;
  lastOffset: bigint;
  preVote: boolean;
}

const voteRequestPartitionDataStruct: Struct = { name: 'VoteRequestPartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['replicaEpoch', 'int32', '0+'],
  ['replicaId', 'int32', '0+'],
  ['replicaDirectoryId', 'uuid', '1+', { ignorable: true }],
  ['voterDirectoryId', 'uuid', '1+', { ignorable: true }],
  ['lastOffsetEpoch', 'int32', '0+'],
  ['lastOffset', 'int64', '0+'],
  ['preVote', 'bool', '2+'],
] };

export interface VoteRequestTopicData {
  topicName: string;
  partitions: VoteRequestPartitionData[];
}

const voteRequestTopicDataStruct: Struct = { name: 'VoteRequestTopicData', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [voteRequestPartitionDataStruct], '0+'],
] };

export interface VoteResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  leaderId: number;
  leaderEpoch: number;
  voteGranted: boolean;
}

const voteResponsePartitionDataStruct: Struct = { name: 'VoteResponsePartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
  ['voteGranted', 'bool', '0+'],
] };

export interface VoteResponseTopicData {
  topicName: string;
  partitions: VoteResponsePartitionData[];
}

const voteResponseTopicDataStruct: Struct = { name: 'VoteResponseTopicData', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [voteResponsePartitionDataStruct], '0+'],
] };

export interface NodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
}

const nodeEndpointStruct: Struct = { name: 'NodeEndpoint', fields: [
  ['nodeId', 'int32', '1+'],
  ['host', 'string', '1+'],
  ['port', 'uint16', '1+'],
] };

export interface VoteRequest {
  clusterId: string | null;
  voterId: number;
  topics: VoteRequestTopicData[];
}

export interface VoteResponse {
  errorCode: number;
  topics: VoteResponseTopicData[];
  nodeEndpoints: NodeEndpoint[];
}

export const voteApi: Api<VoteRequest, VoteResponse> = defineApi(
  52, 'Vote', '0-2', '0+',
  [
    ['clusterId', 'string', '0+', { nullable: '0+', default: null }],
    ['voterId', 'int32', '1+', { default: -1, ignorable: true }],
    ['topics', [voteRequestTopicDataStruct], '0+'],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['topics', [voteResponseTopicDataStruct], '0+'],
    ['nodeEndpoints', [nodeEndpointStruct], '1+', { tagged: '1+', tag: 0 }],
  ],
);
