import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupMetadataKey {
  groupId: string;
}

export const consumerGroupMetadataKey: Message<ConsumerGroupMetadataKey> = defineMessage(
  'ConsumerGroupMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
  ], 3,
);
