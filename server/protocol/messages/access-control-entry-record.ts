import { type Message, defineMessage } from '../schema.ts';

export interface AccessControlEntryRecord {
  id: string;
  resourceType: number;
  resourceName: string;
  patternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
}

export const accessControlEntryRecord: Message<AccessControlEntryRecord> = defineMessage(
  'AccessControlEntryRecord', '0', '0+',
  [
    ['id', 'uuid', '0+'],
    ['resourceType', 'int8', '0+'],
    ['resourceName', 'string', '0+'],
    ['patternType', 'int8', '0+'],
    ['principal', 'string', '0+'],
    ['host', 'string', '0+'],
    ['operation', 'int8', '0+'],
    ['permissionType', 'int8', '0+'],
  ], 18,
);
