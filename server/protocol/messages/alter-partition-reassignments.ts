import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ReassignablePartition {
  partitionIndex: number;
  replicas: number[] | null;
}

const reassignablePartitionStruct: Struct = { name: 'ReassignablePartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['replicas', ['int32'], '0+', { nullable: '0+', default: null }],
] };

export interface ReassignableTopic {
  name: string;
  partitions: ReassignablePartition[];
}

const reassignableTopicStruct: Struct = { name: 'ReassignableTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', [reassignablePartitionStruct], '0+'],
] };

export interface ReassignablePartitionResponse {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
}

const reassignablePartitionResponseStruct: Struct = { name: 'ReassignablePartitionResponse', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
] };

export interface ReassignableTopicResponse {
  name: string;
  partitions: ReassignablePartitionResponse[];
}

const reassignableTopicResponseStruct: Struct = { name: 'ReassignableTopicResponse', fields: [
  ['name', 'string', '0+'],
  ['partitions', [reassignablePartitionResponseStruct], '0+'],
] };

export interface AlterPartitionReassignmentsRequest {
  timeoutMs: number;
  allowReplicationFactorChange: boolean;
  topics: ReassignableTopic[];
}

export interface AlterPartitionReassignmentsResponse {
  throttleTimeMs: number;
  allowReplicationFactorChange: boolean;
  errorCode: number;
  errorMessage: string | null;
  responses: ReassignableTopicResponse[];
}

export const alterPartitionReassignmentsApi: Api<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse> = defineApi(
  45, 'AlterPartitionReassignments', '0-1', '0+',
  [
    ['timeoutMs', 'int32', '0+', { default: 60000 }],
    ['allowReplicationFactorChange', 'bool', '1+', { default: true }],
    ['topics', [reassignableTopicStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['allowReplicationFactorChange', 'bool', '1+', { default: true, ignorable: true }],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+' }],
    ['responses', [reassignableTopicResponseStruct], '0+'],
  ],
);
