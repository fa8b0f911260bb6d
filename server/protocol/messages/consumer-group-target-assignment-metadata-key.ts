import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupTargetAssignmentMetadataKey {
  groupId: string;
}

export const consumerGroupTargetAssignmentMetadataKey: Message<ConsumerGroupTargetAssignmentMetadataKey> = defineMessage(
  'ConsumerGroupTargetAssignmentMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
  ], 6,
);
