import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupPartitionMetadataKey {
  groupId: string;
}

export const consumerGroupPartitionMetadataKey: Message<ConsumerGroupPartitionMetadataKey> = defineMessage(
  'ConsumerGroupPartitionMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
  ], 4,
);
