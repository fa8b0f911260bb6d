import { type Api, defineApi, type Struct } from '../schema.ts';

export interface MetadataRequestTopic {
  topicId: string;
  name: string | null;
}

const metadataRequestTopicStruct: Struct = { name: 'MetadataRequestTopic', fields: [
  ['topicId', 'uuid', '10+', { ignorable: true }],
  ['name', 'string', '0+', { nullable: '10+' }],
] };

export interface MetadataResponseBroker {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

const metadataResponseBrokerStruct: Struct = { name: 'MetadataResponseBroker', fields: [
  ['nodeId', 'int32', '0+'],
  ['host', 'string', '0+'],
  ['port', 'int32', '0+'],
  ['rack', 'string', '1+', { nullable: '1+', default: null, ignorable: true }],
] };

export interface MetadataResponsePartition {
  errorCode: number;
  partitionIndex: number;
  leaderId: number;
  leaderEpoch: number;
  replicaNodes: number[];
  isrNodes: number[];
  offlineReplicas: number[];
}

const metadataResponsePartitionStruct: Struct = { name: 'MetadataResponsePartition', fields: [
  ['errorCode', 'int16', '0+'],
  ['partitionIndex', 'int32', '0+'],
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '7+', { default: -1, ignorable: true }],
  ['replicaNodes', ['int32'], '0+'],
  ['isrNodes', ['int32'], '0+'],
  ['offlineReplicas', ['int32'], '5+', { ignorable: true }],
] };

export interface MetadataResponseTopic {
  errorCode: number;
  name: string | null;
  topicId: string;
  isInternal: boolean;
  partitions: MetadataResponsePartition[];
  topicAuthorizedOperations: number;
}

const metadataResponseTopicStruct: Struct = { name: 'MetadataResponseTopic', fields: [
  ['errorCode', 'int16', '0+'],
  ['name', 'string', '0+', { nullable: '12+' }],
  ['topicId', 'uuid', '10+', { ignorable: true }],
  ['isInternal', 'bool', '1+', { ignorable: true }],
  ['partitions', [metadataResponsePartitionStruct], '0+'],
  ['topicAuthorizedOperations', 'int32', '8+', { default: -2147483648 }],
] };

export interface MetadataRequest {
  topics: MetadataRequestTopic[] | null;
  allowAutoTopicCreation: boolean;
  includeClusterAuthorizedOperations: boolean;
  includeTopicAuthorizedOperations: boolean;
}

export interface MetadataResponse {
  throttleTimeMs: number;
  brokers: MetadataResponseBroker[];
  clusterId: string | null;
  controllerId: number;
  topics: MetadataResponseTopic[];
  clusterAuthorizedOperations: number;
  errorCode: number;
}

export const metadataApi: Api<MetadataRequest, MetadataResponse> = defineApi(
  3, 'Metadata', '0-13', '9+',
  [
    ['topics', [metadataRequestTopicStruct], '0+', { nullable: '1+' }],
    ['allowAutoTopicCreation', 'bool', '4+', { default: true }],
    ['includeClusterAuthorizedOperations', 'bool', '8-10'],
    ['includeTopicAuthorizedOperations', 'bool', '8+'],
  ],
  [
    ['throttleTimeMs', 'int32', '3+', { ignorable: true }],
    ['brokers', [metadataResponseBrokerStruct], '0+'],
    ['clusterId', 'string', '2+', { nullable: '2+', default: null, ignorable: true }],
    ['controllerId', 'int32', '1+', { default: -1, ignorable: true }],
    ['topics', [metadataResponseTopicStruct], '0+'],
    ['clusterAuthorizedOperations', 'int32', '8-10', { default: -2147483648 }],
    ['errorCode', 'int16', '13+', { ignorable: true }],
  ],
);
