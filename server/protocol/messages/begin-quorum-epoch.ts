import { type Api, defineApi, type Struct } from '../schema.ts';

export interface BeginQuorumEpochRequestPartitionData {
  partitionIndex: number;
  voterDirectoryId: string;
  leaderId: number;
  leaderEpoch: number;
}

const beginQuorumEpochRequestPartitionDataStruct: Struct = { name: 'BeginQuorumEpochRequestPartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['voterDirectoryId', 'uuid', '1+', { ignorable: true }],
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
] };

export interface BeginQuorumEpochRequestTopicData {
  topicName: string;
  partitions: BeginQuorumEpochRequestPartitionData[];
}

const beginQuorumEpochRequestTopicDataStruct: Struct = { name: 'BeginQuorumEpochRequestTopicData', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [beginQuorumEpochRequestPartitionDataStruct], '0+'],
] };

export interface LeaderEndpoint {
  name: string;
  host: string;
  port: number;
}

const leaderEndpointStruct: Struct = { name: 'LeaderEndpoint', fields: [
  ['name', 'string', '1+'],
  ['host', 'string', '1+'],
  ['port', 'uint16', '1+'],
] };

export interface BeginQuorumEpochResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  leaderId: number;
  leaderEpoch: number;
}

const beginQuorumEpochResponsePartitionDataStruct: Struct = { name: 'BeginQuorumEpochResponsePartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
] };

export interface BeginQuorumEpochResponseTopicData {
  topicName: string;
  partitions: BeginQuorumEpochResponsePartitionData[];
}

const beginQuorumEpochResponseTopicDataStruct: Struct = { name: 'BeginQuorumEpochResponseTopicData', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [beginQuorumEpochResponsePartitionDataStruct], '0+'],
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

export interface BeginQuorumEpochRequest {
  clusterId: string | null;
  voterId: number;
  topics: BeginQuorumEpochRequestTopicData[];
  leaderEndpoints: LeaderEndpoint[];
}

export interface BeginQuorumEpochResponse {
  errorCode: number;
  topics: BeginQuorumEpochResponseTopicData[];
  nodeEndpoints: NodeEndpoint[];
}

export const beginQuorumEpochApi: Api<BeginQuorumEpochRequest, BeginQuorumEpochResponse> = defineApi(
  53, 'BeginQuorumEpoch', '0-1', '1+',
  [
    ['clusterId', 'string', '0+', { nullable: '0+', default: null }],
    ['voterId', 'int32', '1+', { default: -1, ignorable: true }],
    ['topics', [beginQuorumEpochRequestTopicDataStruct], '0+'],
    ['leaderEndpoints', [leaderEndpointStruct], '1+', { ignorable: true }],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['topics', [beginQuorumEpochResponseTopicDataStruct], '0+'],
    ['nodeEndpoints', [nodeEndpointStruct], '1+', { tagged: '1+', tag: 0 }],
  ],
);
