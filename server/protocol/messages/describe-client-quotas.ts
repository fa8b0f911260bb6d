import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ComponentData {
  entityType: string;
  matchType: number;
  match: string | null;
}

const componentDataStruct: Struct = { name: 'ComponentData', fields: [
  ['entityType', 'string', '0+'],
  ['matchType', 'int8', '0+'],
  ['match', 'string', '0+', { nullable: '0+' }],
] };

export interface EntityData {
  entityType: string;
  entityName: string | null;
}

const entityDataStruct: Struct = { name: 'EntityData', fields: [
  ['entityType', 'string', '0+'],
  ['entityName', 'string', '0+', { nullable: '0+' }],
] };

export interface ValueData {
  key: string;
  value: number;
}

const valueDataStruct: Struct = { name: 'ValueData', fields: [
  ['key', 'string', '0+'],
  ['value', 'float64', '0+'],
] };

export interface EntryData {
  entity: EntityData[];
  values: ValueData[];
}

const entryDataStruct: Struct = { name: 'EntryData', fields: [
  ['entity', [entityDataStruct], '0+'],
  ['values', [valueDataStruct], '0+'],
] };

export interface DescribeClientQuotasRequest {
  components: ComponentData[];
  strict: boolean;
}

export interface DescribeClientQuotasResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  entries: EntryData[] | null;
}

export const describeClientQuotasApi: Api<DescribeClientQuotasRequest, DescribeClientQuotasResponse> = defineApi(
  48, 'DescribeClientQuotas', '0-1', '1+',
  [
    ['components', [componentDataStruct], '0+'],
    ['strict', 'bool', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+' }],
    ['entries', [entryDataStruct], '0+', { nullable: '0+' }],
  ],
);
