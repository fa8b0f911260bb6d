import { type Api, defineApi, type Struct } from '../schema.ts';

export interface CreatePartitionsAssignment {
  brokerIds: number[];
}

const createPartitionsAssignmentStruct: Struct = { name: 'CreatePartitionsAssignment', fields: [
  ['brokerIds', ['int32'], '0+'],
] };

export interface CreatePartitionsTopic {
  name: string;
  count: number;
  assignments: CreatePartitionsAssignment[] | null;
}

const createPartitionsTopicStruct: Struct = { name: 'CreatePartitionsTopic', fields: [
  ['name', 'string', '0+'],
  ['count', 'int32', '0+'],
  ['assignments', [createPartitionsAssignmentStruct], '0+', { nullable: '0+' }],
] };

export interface CreatePartitionsTopicResult {
  name: string;
  errorCode: number;
  errorMessage: string | null;
}

const createPartitionsTopicResultStruct: Struct = { name: 'CreatePartitionsTopicResult', fields: [
  ['name', 'string', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
] };

export interface CreatePartitionsRequest {
  topics: CreatePartitionsTopic[];
  timeoutMs: number;
  validateOnly: boolean;
}

export interface CreatePartitionsResponse {
  throttleTimeMs: number;
  results: CreatePartitionsTopicResult[];
}

export const createPartitionsApi: Api<CreatePartitionsRequest, CreatePartitionsResponse> = defineApi(
  37, 'CreatePartitions', '0-3', '2+',
  [
    ['topics', [createPartitionsTopicStruct], '0+'],
    ['timeoutMs', 'int32', '0+'],
    ['validateOnly', 'bool', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['results', [createPartitionsTopicResultStruct], '0+'],
  ],
);
