import { type Message, defineMessage } from '../schema.ts';

export interface StreamsGroupMetadataKey {
  groupId: string;
}

export const streamsGroupMetadataKey: Message<StreamsGroupMetadataKey> = defineMessage(
  'StreamsGroupMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
  ], 17,
);
