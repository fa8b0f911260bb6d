import { type Api, defineApi, type Struct } from '../schema.ts';

export interface AlterableConfig {
  name: string;
  value: string | null;
}

const alterableConfigStruct: Struct = { name: 'AlterableConfig', fields: [
  ['name', 'string', '0+'],
  ['value', 'string', '0+', { nullable: '0+' }],
] };

export interface AlterConfigsResource {
  resourceType: number;
  resourceName: string;
  configs: AlterableConfig[];
}

const alterConfigsResourceStruct: Struct = { name: 'AlterConfigsResource', fields: [
  ['resourceType', 'int8', '0+'],
  ['resourceName', 'string', '0+'],
  ['configs', [alterableConfigStruct], '0+'],
] };

export interface AlterConfigsResourceResponse {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
}

const alterConfigsResourceResponseStruct: Struct = { name: 'AlterConfigsResourceResponse', fields: [
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
  ['resourceType', 'int8', '0+'],
  ['resourceName', 'string', '0+'],
] };

export interface AlterConfigsRequest {
  resources: AlterConfigsResource[];
  validateOnly: boolean;
}

export interface AlterConfigsResponse {
  throttleTimeMs: number;
  responses: AlterConfigsResourceResponse[];
}

export const alterConfigsApi: Api<AlterConfigsRequest, AlterConfigsResponse> = defineApi(
  33, 'AlterConfigs', '0-2', '2+',
  [
    ['resources', [alterConfigsResourceStruct], '0+'],
    ['validateOnly', 'bool', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['responses', [alterConfigsResourceResponseStruct], '0+'],
  ],
);
