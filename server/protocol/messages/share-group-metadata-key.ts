import { type Message, defineMessage } from '../schema.ts';

export interface ShareGroupMetadataKey {
  groupId: string;
}

export const shareGroupMetadataKey: Message<ShareGroupMetadataKey> = defineMessage(
  'ShareGroupMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
  ], 11,
);
