import { type Message, defineMessage } from '../schema.ts';

export interface ShareGroupTargetAssignmentMetadataKey {
  groupId: string;
}

export const shareGroupTargetAssignmentMetadataKey: Message<ShareGroupTargetAssignmentMetadataKey> = defineMessage(
  'ShareGroupTargetAssignmentMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
  ], 12,
);
