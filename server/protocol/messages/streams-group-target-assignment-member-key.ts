import { type Message, defineMessage } from '../schema.ts';

export interface StreamsGroupTargetAssignmentMemberKey {
  groupId: string;
  memberId: string;
}

export const streamsGroupTargetAssignmentMemberKey: Message<StreamsGroupTargetAssignmentMemberKey> = defineMessage(
  'StreamsGroupTargetAssignmentMemberKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['memberId', 'string', '0'],
  ], 21,
);
