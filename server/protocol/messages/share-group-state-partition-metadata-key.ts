import { type Message, defineMessage } from '../schema.ts';

export interface ShareGroupStatePartitionMetadataKey {
  groupId: string;
}

export const shareGroupStatePartitionMetadataKey: Message<ShareGroupStatePartitionMetadataKey> = defineMessage(
  'ShareGroupStatePartitionMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
  ], 15,
);
