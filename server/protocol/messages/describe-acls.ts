import { type Api, defineApi, type Struct } from '../schema.ts';

export interface AclDescription {
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
}

const aclDescriptionStruct: Struct = { name: 'AclDescription', fields: [
  ['principal', 'string', '0+'],
  ['host', 'string', '0+'],
  ['operation', 'int8', '0+'],
  ['permissionType', 'int8', '0+'],
] };

export interface DescribeAclsResource {
  resourceType: number;
  resourceName: string;
  patternType: number;
  acls: AclDescription[];
}

const describeAclsResourceStruct: Struct = { name: 'DescribeAclsResource', fields: [
  ['resourceType', 'int8', '0+'],
  ['resourceName', 'string', '0+'],
  ['patternType', 'int8', '1+', { default: 3 }],
  ['acls', [aclDescriptionStruct], '0+'],
] };

export interface DescribeAclsRequest {
  resourceTypeFilter: number;
  resourceNameFilter: string | null;
  patternTypeFilter: number;
  principalFilter: string | null;
  hostFilter: string | null;
  operation: number;
  permissionType: number;
}

export interface DescribeAclsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  resources: DescribeAclsResource[];
}

export const describeAclsApi: Api<DescribeAclsRequest, DescribeAclsResponse> = defineApi(
  29, 'DescribeAcls', '1-3', '2+',
  [
    ['resourceTypeFilter', 'int8', '0+'],
    ['resourceNameFilter', 'string', '0+', { nullable: '0+' }],
    ['patternTypeFilter', 'int8', '1+', { default: 3 }],
    ['principalFilter', 'string', '0+', { nullable: '0+' }],
    ['hostFilter', 'string', '0+', { nullable: '0+' }],
    ['operation', 'int8', '0+'],
    ['permissionType', 'int8', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+' }],
    ['resources', [describeAclsResourceStruct], '0+'],
  ],
);
