import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DeleteAclsFilter {
  resourceTypeFilter: number;
  resourceNameFilter: string | null;
  patternTypeFilter: number;
  principalFilter: string | null;
  hostFilter: string | null;
  operation: number;
  permissionType: number;
}

const deleteAclsFilterStruct: Struct = { name: 'DeleteAclsFilter', fields: [
  ['resourceTypeFilter', 'int8', '0+'],
  ['resourceNameFilter', 'string', '0+', { nullable: '0+' }],
  ['patternTypeFilter', 'int8', '1+', { default: 3 }],
  ['principalFilter', 'string', '0+', { nullable: '0+' }],
  ['hostFilter', 'string', '0+', { nullable: '0+' }],
  ['operation', 'int8', '0+'],
  ['permissionType', 'int8', '0+'],
] };

export interface DeleteAclsMatchingAcl {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  patternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
}

const deleteAclsMatchingAclStruct: Struct = { name: 'DeleteAclsMatchingAcl', fields: [
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
  ['resourceType', 'int8', '0+'],
  ['resourceName', 'string', '0+'],
  ['patternType', 'int8', '1+', { default: 3 }],
  ['principal', 'string', '0+'],
  ['host', 'string', '0+'],
  ['operation', 'int8', '0+'],
  ['permissionType', 'int8', '0+'],
] };

export interface DeleteAclsFilterResult {
  errorCode: number;
  errorMessage: string | null;
  matchingAcls: DeleteAclsMatchingAcl[];
}

const deleteAclsFilterResultStruct: Struct = { name: 'DeleteAclsFilterResult', fields: [
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
  ['matchingAcls', [deleteAclsMatchingAclStruct], '0+'],
] };

export interface DeleteAclsRequest {
  filters: DeleteAclsFilter[];
}

export interface DeleteAclsResponse {
  throttleTimeMs: number;
  filterResults: DeleteAclsFilterResult[];
}

export const deleteAclsApi: Api<DeleteAclsRequest, DeleteAclsResponse> = defineApi(
  31, 'DeleteAcls', '1-3', '2+',
  [
    ['filters', [deleteAclsFilterStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['filterResults', [deleteAclsFilterResultStruct], '0+'],
  ],
);
