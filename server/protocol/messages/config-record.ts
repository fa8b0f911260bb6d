import { type Message, defineMessage } from '../schema.ts';

export interface ConfigRecord {
  resourceType: number;
  resourceName: string;
  name: string;
  value: string | null;
}

export const configRecord: Message<ConfigRecord> = defineMessage(
  'ConfigRecord', '0', '0+',
  [
    ['resourceType', 'int8', '0+'],
    ['resourceName', 'string', '0+'],
    ['name', 'string', '0+'],
    ['value', 'string', '0+', { nullable: '0+' }],
  ], 4,
);
