import { type Api, defineApi, type Struct } from '../schema.ts';

export interface TopicPartitions {
  topic: string;
  partitions: number[];
}

const topicPartitionsStruct: Struct = { name: 'TopicPartitions', fields: [
  ['topic', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface PartitionResult {
  partitionId: number;
  errorCode: number;
  errorMessage: string | null;
}

const partitionResultStruct: Struct = { name: 'PartitionResult', fields: [
  ['partitionId', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
] };

export interface ReplicaElectionResult {
  topic: string;
  partitionResult: PartitionResult[];
}

const replicaElectionResultStruct: Struct = { name: 'ReplicaElectionResult', fields: [
  ['topic', 'string', '0+'],
  ['partitionResult', [partitionResultStruct], '0+'],
] };

export interface ElectLeadersRequest {
  electionType: number;
  topicPartitions: TopicPartitions[] | null;
  timeoutMs: number;
}

export interface ElectLeadersResponse {
  throttleTimeMs: number;
  errorCode: number;
  replicaElectionResults: ReplicaElectionResult[];
}

export const electLeadersApi: Api<ElectLeadersRequest, ElectLeadersResponse> = defineApi(
  43, 'ElectLeaders', '0-2', '2+',
  [
    ['electionType', 'int8', '1+'],
    ['topicPartitions', [topicPartitionsStruct], '0+', { nullable: '0+' }],
    ['timeoutMs', 'int32', '0+', { default: 60000 }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '1+'],
    ['replicaElectionResults', [replicaElectionResultStruct], '0+'],
  ],
);
