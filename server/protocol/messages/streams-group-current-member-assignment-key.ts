import { type Message, defineMessage } from '../schema.ts';

export interface StreamsGroupCurrentMemberAssignmentKey {
  groupId: string;
  memberId: string;
}

export const streamsGroupCurrentMemberAssignmentKey: Message<StreamsGroupCurrentMemberAssignmentKey> = defineMessage(
  'StreamsGroupCurrentMemberAssignmentKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['memberId', 'string', '0'],
  ], 22,
);
