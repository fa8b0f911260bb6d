import { type Api, defineApi, type Struct } from '../schema.ts';

export interface CreatableReplicaAssignment {
  partitionIndex: number;
  brokerIds: number[];
}

const creatableReplicaAssignmentStruct: Struct = { name: 'CreatableReplicaAssignment', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['brokerIds', ['int32'], '0+'],
] };

export interface CreatableTopicConfig {
  name: string;
  value: string | null;
}

const creatableTopicConfigStruct: Struct = { name: 'CreatableTopicConfig', fields: [
  ['name', 'string', '0+'],
  ['value', 'string', '0+', { nullable: '0+' }],
] };

export interface CreatableTopic {
  name: string;
  numPartitions: number;
  replicationFactor: number;
  assignments: CreatableReplicaAssignment[];
  configs: CreatableTopicConfig[];
}

const creatableTopicStruct: Struct = { name: 'CreatableTopic', fields: [
  ['name', 'string', '0+'],
  ['numPartitions', 'int32', '0+'],
  ['replicationFactor', 'int16', '0+'],
  ['assignments', [creatableReplicaAssignmentStruct], '0+'],
  ['configs', [creatableTopicConfigStruct], '0+'],
] };

export interface CreatableTopicConfigs {
  name: string;
  value: string | null;
  readOnly: boolean;
  configSource: number;
  isSensitive: boolean;
}

const creatableTopicConfigsStruct: Struct = { name: 'CreatableTopicConfigs', fields: [
  ['name', 'string', '5+'],
  ['value', 'string', '5+', { nullable: '5+' }],
  ['readOnly', 'bool', '5+'],
  ['configSource', 'int8', '5+', { default: -1, ignorable: true }],
  ['isSensitive', 'bool', '5+'],
] };

export interface CreatableTopicResult {
  name: string;
  topicId: string;
  errorCode: number;
  errorMessage: string | null;
  topicConfigErrorCode: number;
  numPartitions: number;
  replicationFactor: number;
  configs: CreatableTopicConfigs[] | null;
}

const creatableTopicResultStruct: Struct = { name: 'CreatableTopicResult', fields: [
  ['name', 'string', '0+'],
  ['topicId', 'uuid', '7+', { ignorable: true }],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '1+', { nullable: '0+', ignorable: true }],
  ['topicConfigErrorCode', 'int16', '5+', { tagged: '5+', tag: 0, ignorable: true }],
  ['numPartitions', 'int32', '5+', { default: -1, ignorable: true }],
  ['replicationFactor', 'int16', '5+', { default: -1, ignorable: true }],
  ['configs', [creatableTopicConfigsStruct], '5+', { nullable: '5+', ignorable: true }],
] };

export interface CreateTopicsRequest {
  topics: CreatableTopic[];
  timeoutMs: number;
  validateOnly: boolean;
}

export interface CreateTopicsResponse {
  throttleTimeMs: number;
  topics: CreatableTopicResult[];
}

export const createTopicsApi: Api<CreateTopicsRequest, CreateTopicsResponse> = defineApi(
  19, 'CreateTopics', '2-7', '5+',
  [
    ['topics', [creatableTopicStruct], '0+'],
    ['timeoutMs', 'int32', '0+', { default: 60000 }],
    ['validateOnly', 'bool', '1+'],
  ],
  [
    ['throttleTimeMs', 'int32', '2+', { ignorable: true }],
    ['topics', [creatableTopicResultStruct], '0+'],
  ],
);
