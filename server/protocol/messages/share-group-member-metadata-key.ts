import { type Message, defineMessage } from '../schema.ts';

export interface ShareGroupMemberMetadataKey {
  groupId: string;
  memberId: string;
}

export const shareGroupMemberMetadataKey: Message<ShareGroupMemberMetadataKey> = defineMessage(
  'ShareGroupMemberMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['memberId', 'string', '0'],
  ], 10,
);
