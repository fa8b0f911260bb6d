import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupTargetAssignmentMemberKey {
  groupId: string;
  memberId: string;
}

export const consumerGroupTargetAssignmentMemberKey: Message<ConsumerGroupTargetAssignmentMemberKey> = defineMessage(
  'ConsumerGroupTargetAssignmentMemberKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['memberId', 'string', '0'],
  ], 7,
);
