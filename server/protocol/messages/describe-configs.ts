import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DescribeConfigsResource {
  resourceType: number;
  resourceName: string;
  configurationKeys: string[] | null;
}

const describeConfigsResourceStruct: Struct = { name: 'DescribeConfigsResource', fields: [
  ['resourceType', 'int8', '0+'],
  ['resourceName', 'string', '0+'],
  ['configurationKeys', ['string'], '0+', { nullable: '0+' }],
] };

export interface DescribeConfigsSynonym {
  name: string;
  value: string | null;
  source: number;
}

const describeConfigsSynonymStruct: Struct = { name: 'DescribeConfigsSynonym', fields: [
  ['name', 'string', '1+'],
  ['value', 'string', '1+', { nullable: '0+' }],
  ['source', 'int8', '1+'],
] };

export interface DescribeConfigsResourceResult {
  name: string;
  value: string | null;
  readOnly: boolean;
  configSource: number;
  isSensitive: boolean;
  synonyms: DescribeConfigsSynonym[];
  configType: number;
  documentation: string | null;
}

const describeConfigsResourceResultStruct: Struct = { name: 'DescribeConfigsResourceResult', fields: [
  ['name', 'string', '0+'],
  ['value', 'string', '0+', { nullable: '0+' }],
  ['readOnly', 'bool', '0+'],
  ['configSource', 'int8', '1+', { default: -1, ignorable: true }],
  ['isSensitive', 'bool', '0+'],
  ['synonyms', [describeConfigsSynonymStruct], '1+', { ignorable: true }],
  ['configType', 'int8', '3+', { ignorable: true }],
  ['documentation', 'string', '3+', { nullable: '0+', ignorable: true }],
] };

export interface DescribeConfigsResult {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  configs: DescribeConfigsResourceResult[];
}

const describeConfigsResultStruct: Struct = { name: 'DescribeConfigsResult', fields: [
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
  ['resourceType', 'int8', '0+'],
  ['resourceName', 'string', '0+'],
  ['configs', [describeConfigsResourceResultStruct], '0+'],
] };

export interface DescribeConfigsRequest {
  resources: DescribeConfigsResource[];
  includeSynonyms: boolean;
  includeDocumentation: boolean;
}

export interface DescribeConfigsResponse {
  throttleTimeMs: number;
  results: DescribeConfigsResult[];
}

export const describeConfigsApi: Api<DescribeConfigsRequest, DescribeConfigsResponse> = defineApi(
  32, 'DescribeConfigs', '1-4', '4+',
  [
    ['resources', [describeConfigsResourceStruct], '0+'],
    ['includeSynonyms', 'bool', '1+'],
    ['includeDocumentation', 'bool', '3+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['results', [describeConfigsResultStruct], '0+'],
  ],
);
