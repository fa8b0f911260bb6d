import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ConfigResource {
  resourceName: string;
  resourceType: number;
}

const configResourceStruct: Struct = { name: 'ConfigResource', fields: [
  ['resourceName', 'string', '0+'],
  ['resourceType', 'int8', '1+', { default: 16, ignorable: true }],
] };

export interface ListConfigResourcesRequest {
  resourceTypes: number[];
}

export interface ListConfigResourcesResponse {
  throttleTimeMs: number;
  errorCode: number;
  configResources: ConfigResource[];
}

export const listConfigResourcesApi: Api<ListConfigResourcesRequest, ListConfigResourcesResponse> = defineApi(
  74, 'ListConfigResources', '0-1', '0+',
  [
    ['resourceTypes', ['int8'], '1+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['configResources', [configResourceStruct], '0+'],
  ],
);
