import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ListedGroup {
  groupId: string;
  protocolType: string;
  groupState: string;
  groupType: string;
}

const listedGroupStruct: Struct = { name: 'ListedGroup', fields: [
  ['groupId', 'string', '0+'],
  ['protocolType', 'string', '0+'],
  ['groupState', 'string', '4+', { ignorable: true }],
  ['groupType', 'string', '5+', { ignorable: true }],
] };

export interface ListGroupsRequest {
  statesFilter: string[];
  typesFilter: string[];
}

export interface ListGroupsResponse {
  throttleTimeMs: number;
  errorCode: number;
  groups: ListedGroup[];
}

export const listGroupsApi: Api<ListGroupsRequest, ListGroupsResponse> = defineApi(
  16, 'ListGroups', '0-5', '3+',
  [
    ['statesFilter', ['string'], '4+'],
    ['typesFilter', ['string'], '5+'],
  ],
  [
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['errorCode', 'int16', '0+'],
    ['groups', [listedGroupStruct], '0+'],
  ],
);
