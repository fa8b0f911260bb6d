import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DeletableGroupResult {
  groupId: string;
  errorCode: number;
}

const deletableGroupResultStruct: Struct = { name: 'DeletableGroupResult', fields: [
  ['groupId', 'string', '0+'],
  ['errorCode', 'int16', '0+'],
] };

export interface DeleteGroupsRequest {
  groupsNames: string[];
}

export interface DeleteGroupsResponse {
  throttleTimeMs: number;
  results: DeletableGroupResult[];
}

export const deleteGroupsApi: Api<DeleteGroupsRequest, DeleteGroupsResponse> = defineApi(
  42, 'DeleteGroups', '0-2', '2+',
  [
    ['groupsNames', ['string'], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['results', [deletableGroupResultStruct], '0+'],
  ],
);
