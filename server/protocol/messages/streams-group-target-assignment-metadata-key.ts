import { type Message, defineMessage } from '../schema.ts';

export interface StreamsGroupTargetAssignmentMetadataKey {
  groupId: string;
}

export const streamsGroupTargetAssignmentMetadataKey: Message<StreamsGroupTargetAssignmentMetadataKey> = defineMessage(
  'StreamsGroupTargetAssignmentMetadataKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
  ], 20,
);
