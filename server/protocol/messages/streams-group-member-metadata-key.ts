import { type Message, defineMessage } from '../schema.ts';

export interface StreamsGroupMemberMetadataKey {
  groupId: string;
  memberId: string;
}

export const streamsGroupMemberMetadataKey: Message<StreamsGroupMemberMetadataKey> = defineMessage(
  'StreamsGroupMemberMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['memberId', 'string', '0'],
  ], 19,
);
