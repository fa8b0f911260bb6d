import { type Api, defineApi, type Struct } from '../schema.ts';

export interface PartitionData {
  partition: number;
}

const partitionDataStruct: Struct = { name: 'PartitionData', fields: [
  ['partition', 'int32', '0+'],
] };

export interface DeleteStateData {
  topicId: string;
  partitions: PartitionData[];
}

const deleteStateDataStruct: Struct = { name: 'DeleteStateData', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionDataStruct], '0+'],
] };

export interface PartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
}

const partitionResultStruct: Struct = { name: 'PartitionResult', fields: [
  ['partition', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
] };

export interface DeleteStateResult {
  topicId: string;
  partitions: PartitionResult[];
}

const deleteStateResultStruct: Struct = { name: 'DeleteStateResult', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionResultStruct], '0+'],
] };

export interface DeleteShareGroupStateRequest {
  groupId: string;
  topics: DeleteStateData[];
}

export interface DeleteShareGroupStateResponse {
  results: DeleteStateResult[];
}

export const deleteShareGroupStateApi: Api<DeleteShareGroupStateRequest, DeleteShareGroupStateResponse> = defineApi(
  86, 'DeleteShareGroupState', '0', '0+',
  [
    ['groupId', 'string', '0+'],
    ['topics', [deleteStateDataStruct], '0+'],
  ],
  [
    ['results', [deleteStateResultStruct], '0+'],
  ],
);
