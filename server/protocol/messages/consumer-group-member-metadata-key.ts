import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupMemberMetadataKey {
  groupId: string;
  memberId: string;
}

export const consumerGroupMemberMetadataKey: Message<ConsumerGroupMemberMetadataKey> = defineMessage(
  'ConsumerGroupMemberMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['memberId', 'string', '0'],
  ], 5,
);
