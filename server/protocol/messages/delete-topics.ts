import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DeleteTopicState {
  name: string | null;
  topicId: string;
}

const deleteTopicStateStruct: Struct = { name: 'DeleteTopicState', fields: [
  ['name', 'string', '6+', { nullable: '6+', default: null }],
  ['topicId', 'uuid', '6+'],
] };

export interface DeletableTopicResult {
  name: string | null;
  topicId: string;
  errorCode: number;
  errorMessage: string | null;
}

const deletableTopicResultStruct: Struct = { name: 'DeletableTopicResult', fields: [
  ['name', 'string', '0+', { nullable: '6+' }],
  ['topicId', 'uuid', '6+', { ignorable: true }],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '5+', { nullable: '5+', default: null, ignorable: true }],
] };

export interface DeleteTopicsRequest {
  topics: DeleteTopicState[];
  topicNames: string[];
  timeoutMs: number;
}

export interface DeleteTopicsResponse {
  throttleTimeMs: number;
  responses: DeletableTopicResult[];
}

export const deleteTopicsApi: Api<DeleteTopicsRequest, DeleteTopicsResponse> = defineApi(
  20, 'DeleteTopics', '1-6', '4+',
  [
    ['topics', [deleteTopicStateStruct], '6+'],
    ['topicNames', ['string'], '0-5', { ignorable: true }],
    ['timeoutMs', 'int32', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['responses', [deletableTopicResultStruct], '0+'],
  ],
);
