import { type Message, defineMessage } from '../schema.ts';

export interface ShareGroupCurrentMemberAssignmentKey {
  groupId: string;
  memberId: string;
}

export const shareGroupCurrentMemberAssignmentKey: Message<ShareGroupCurrentMemberAssignmentKey> = defineMessage(
  'ShareGroupCurrentMemberAssignmentKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['memberId', 'string', '0'],
  ], 14,
);
