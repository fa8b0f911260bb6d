import { type Message, defineMessage } from '../schema.ts';

export interface ShareGroupTargetAssignmentMemberKey {
  groupId: string;
  memberId: string;
}

export const shareGroupTargetAssignmentMemberKey: Message<ShareGroupTargetAssignmentMemberKey> = defineMessage(
  'ShareGroupTargetAssignmentMemberKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['memberId', 'string', '0'],
  ], 13,
);
