import { type Message, defineMessage } from '../schema.ts';

export interface GroupMetadataKey {
  group: string;
}

export const groupMetadataKey: Message<GroupMetadataKey> = defineMessage(
  'GroupMetadataKey', '0', 'none',
  [
    ['group', 'string', '0'],
  ], 2,
);
