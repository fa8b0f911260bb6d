import { type Api, defineApi, type Struct } from '../schema.ts';

export interface AlterClientQuotasRequestEntityData {
  entityType: string;
  entityName: string | null;
}

const alterClientQuotasRequestEntityDataStruct: Struct = { name: 'AlterClientQuotasRequestEntityData', fields: [
  ['entityType', 'string', '0+'],
  ['entityName', 'string', '0+', { nullable: '0+' }],
] };

export interface OpData {
  key: string;
  value: number;
  remove: boolean;
}

const opDataStruct: Struct = { name: 'OpData', fields: [
  ['key', 'string', '0+'],
  ['value', 'float64', '0+'],
  ['remove', 'bool', '0+'],
] };

export interface AlterClientQuotasRequestEntryData {
  entity: AlterClientQuotasRequestEntityData[];
  ops: OpData[];
}

const alterClientQuotasRequestEntryDataStruct: Struct = { name: 'AlterClientQuotasRequestEntryData', fields: [
  ['entity', [alterClientQuotasRequestEntityDataStruct], '0+'],
  ['ops', [opDataStruct], '0+'],
] };

export interface AlterClientQuotasResponseEntityData {
  entityType: string;
  entityName: string | null;
}

const alterClientQuotasResponseEntityDataStruct: Struct = { name: 'AlterClientQuotasResponseEntityData', fields: [
  ['entityType', 'string', '0+'],
  ['entityName', 'string', '0+', { nullable: '0+' }],
] };

export interface AlterClientQuotasResponseEntryData {
  errorCode: number;
  errorMessage: string | null;
  entity: AlterClientQuotasResponseEntityData[];
}

const alterClientQuotasResponseEntryDataStruct: Struct = { name: 'AlterClientQuotasResponseEntryData', fields: [
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
  ['entity', [alterClientQuotasResponseEntityDataStruct], '0+'],
] };

export interface AlterClientQuotasRequest {
  entries: AlterClientQuotasRequestEntryData[];
  validateOnly: boolean;
}

export interface AlterClientQuotasResponse {
  throttleTimeMs: number;
  entries: AlterClientQuotasResponseEntryData[];
}

export const alterClientQuotasApi: Api<AlterClientQuotasRequest, AlterClientQuotasResponse> = defineApi(
  49, 'AlterClientQuotas', '0-1', '1+',
  [
    ['entries', [alterClientQuotasRequestEntryDataStruct], '0+'],
    ['validateOnly', 'bool', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['entries', [alterClientQuotasResponseEntryDataStruct], '0+'],
  ],
);
