import { type Message, defineMessage } from '../schema.ts';

export interface RemoveAccessControlEntryRecord {
  id: string;
}

export const removeAccessControlEntryRecord: Message<RemoveAccessControlEntryRecord> = defineMessage(
  'RemoveAccessControlEntryRecord', '0', '0+',
  [
    ['id', 'uuid', '0+'],
  ], 19,
);
