import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ReplicaInfo {
  candidateId: number;
  candidateDirectoryId: string;
}

const replicaInfoStruct: Struct = { name: 'ReplicaInfo', fields: [
  ['candidateId', 'int32', '1+'],
  ['candidateDirectoryId', 'uuid', '1+'],
] };

export interface EndQuorumEpochRequestPartitionData {
  partitionIndex: number;
  leaderId: number;
  leaderEpoch: number;
  preferredSuccessors: number[];
  preferredCandidates: ReplicaInfo[];
}

const endQuorumEpochRequestPartitionDataStruct: Struct = { name: 'EndQuorumEpochRequestPartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
  ['preferredSuccessors', ['int32'], '0', { ignorable: true }],
  ['preferredCandidates', [replicaInfoStruct], '1+', { ignorable: true }],
] };

export interface EndQuorumEpochRequestTopicData {
  topicName: string;
  partitions: EndQuorumEpochRequestPartitionData[];
}

const endQuorumEpochRequestTopicDataStruct: Struct = { name: 'EndQuorumEpochRequestTopicData', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [endQuorumEpochRequestPartitionDataStruct], '0+'],
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

export interface EndQuorumEpochResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  leaderId: number;
  leaderEpoch: number;
}

const endQuorumEpochResponsePartitionDataStruct: Struct = { name: 'EndQuorumEpochResponsePartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
] };

export interface EndQuorumEpochResponseTopicData {
  topicName: string;
  partitions: EndQuorumEpochResponsePartitionData[];
}

const endQuorumEpochResponseTopicDataStruct: Struct = { name: 'EndQuorumEpochResponseTopicData', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [endQuorumEpochResponsePartitionDataStruct], '0+'],
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

export interface EndQuorumEpochRequest {
  clusterId: string | null;
  topics: EndQuorumEpochRequestTopicData[];
  leaderEndpoints: LeaderEndpoint[];
}

export interface EndQuorumEpochResponse {
  errorCode: number;
  topics: EndQuorumEpochResponseTopicData[];
  nodeEndpoints: NodeEndpoint[];
}

export const endQuorumEpochApi: Api<EndQuorumEpochRequest, EndQuorumEpochResponse> = defineApi(
  54, 'EndQuorumEpoch', '0-1', '1+',
  [
    ['clusterId', 'string', '0+', { nullable: '0+', default: null }],
    ['topics', [endQuorumEpochRequestTopicDataStruct], '0+'],
    ['leaderEndpoints', [leaderEndpointStruct], '1+', { ignorable: true }],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['topics', [endQuorumEpochResponseTopicDataStruct], '0+'],
    ['nodeEndpoints', [nodeEndpointStruct], '1+', { tagged: '1+', tag: 0 }],
  ],
);
