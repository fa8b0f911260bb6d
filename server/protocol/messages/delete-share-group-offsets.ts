import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DeleteShareGroupOffsetsRequestTopic {
  topicName: string;
}

const deleteShareGroupOffsetsRequestTopicStruct: Struct = { name: 'DeleteShareGroupOffsetsRequestTopic', fields: [
  ['topicName', 'string', '0+'],
] };

export interface DeleteShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: string;
  errorCode: number;
  errorMessage: string | null;
}

const deleteShareGroupOffsetsResponseTopicStruct: Struct = { name: 'DeleteShareGroupOffsetsResponseTopic', fields: [
  ['topicName', 'string', '0+'],
  ['topicId', 'uuid', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
] };

export interface DeleteShareGroupOffsetsRequest {
  groupId: string;
  topics: DeleteShareGroupOffsetsRequestTopic[];
}

export interface DeleteShareGroupOffsetsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  responses: DeleteShareGroupOffsetsResponseTopic[];
}

export const deleteShareGroupOffsetsApi: Api<DeleteShareGroupOffsetsRequest, DeleteShareGroupOffsetsResponse> = defineApi(
  92, 'DeleteShareGroupOffsets', '0', '0+',
  [
    ['groupId', 'string', '0+'],
    ['topics', [deleteShareGroupOffsetsRequestTopicStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
    ['responses', [deleteShareGroupOffsetsResponseTopicStruct], '0+'],
  ],
);
