import { type Api, defineApi, type Struct } from '../schema.ts';

export interface AclCreation {
  resourceType: number;
  resourceName: string;
  resourcePatternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
}

const aclCreationStruct: Struct = { name: 'AclCreation', fields: [
  ['resourceType', 'int8', '0+'],
  ['resourceName', 'string', '0+'],
  ['resourcePatternType', 'int8', '1+', { default: 3 }],
  ['principal', 'string', '0+'],
  ['host', 'string', '0+'],
  ['operation', 'int8', '0+'],
  ['permissionType', 'int8', '0+'],
] };

export interface AclCreationResult {
  errorCode: number;
  errorMessage: string | null;
}

const aclCreationResultStruct: Struct = { name: 'AclCreationResult', fields: [
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
] };

export interface CreateAclsRequest {
  creations: AclCreation[];
}

export interface CreateAclsResponse {
  throttleTimeMs: number;
  results: AclCreationResult[];
}

export const createAclsApi: Api<CreateAclsRequest, CreateAclsResponse> = defineApi(
  30, 'CreateAcls', '1-3', '2+',
  [
    ['creations', [aclCreationStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['results', [aclCreationResultStruct], '0+'],
  ],
);
