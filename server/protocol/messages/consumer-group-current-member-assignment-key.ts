import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupCurrentMemberAssignmentKey {
  groupId: string;
  memberId: string;
}

export const consumerGroupCurrentMemberAssignmentKey: Message<ConsumerGroupCurrentMemberAssignmentKey> = defineMessage(
  'ConsumerGroupCurrentMemberAssignmentKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['memberId', 'string', '0'],
  ], 8,
);
