import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface EntityData {
  entityType: string;
  entityName: string | null;
}

const entityDataStruct: Struct = { name: 'EntityData', fields: [
  ['entityType', 'string', '0+'],
  ['entityName', 'string', '0+', { nullable: '0+' }],
] };

export interface ClientQuotaRecord {
  entity: EntityData[];
  key: string;
  value: number;
  remove: boolean;
}

export const clientQuotaRecord: Message<ClientQuotaRecord> = defineMessage(
  'ClientQuotaRecord', '0', '0+',
  [
    ['entity', [entityDataStruct], '0+'],
    ['key', 'string', '0+'],
    ['value', 'float64', '0+'],
    ['remove', 'bool', '0+'],
  ], 14,
);
