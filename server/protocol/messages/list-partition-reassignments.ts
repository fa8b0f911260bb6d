import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ListPartitionReassignmentsTopics {
  name: string;
  partitionIndexes: number[];
}

const listPartitionReassignmentsTopicsStruct: Struct = { name: 'ListPartitionReassignmentsTopics', fields: [
  ['name', 'string', '0+'],
  ['partitionIndexes', ['int32'], '0+'],
] };

export interface OngoingPartitionReassignment {
  partitionIndex: number;
  replicas: number[];
  addingReplicas: number[];
  removingReplicas: number[];
}

const ongoingPartitionReassignmentStruct: Struct = { name: 'OngoingPartitionReassignment', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['replicas', ['int32'], '0+'],
  ['addingReplicas', ['int32'], '0+'],
  ['removingReplicas', ['int32'], '0+'],
] };

export interface OngoingTopicReassignment {
  name: string;
  partitions: OngoingPartitionReassignment[];
}

const ongoingTopicReassignmentStruct: Struct = { name: 'OngoingTopicReassignment', fields: [
  ['name', 'string', '0+'],
  ['partitions', [ongoingPartitionReassignmentStruct], '0+'],
] };

export interface ListPartitionReassignmentsRequest {
  timeoutMs: number;
  topics: ListPartitionReassignmentsTopics[] | null;
}

export interface ListPartitionReassignmentsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  topics: OngoingTopicReassignment[];
}

export const listPartitionReassignmentsApi: Api<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse> = defineApi(
  46, 'ListPartitionReassignments', '0', '0+',
  [
    ['timeoutMs', 'int32', '0+', { default: 60000 }],
    ['topics', [listPartitionReassignmentsTopicsStruct], '0+', { nullable: '0+', default: null }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+' }],
    ['topics', [ongoingTopicReassignmentStruct], '0+'],
  ],
);
