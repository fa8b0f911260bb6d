/** Whether who speaks is a member of a consumer group. */
import { ERROR } from '../../../protocol/errors.ts';
import { GroupRefusal } from '../group-refusal.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerMember } from './consumer-member.ts';

export function throwIfFull(group: ConsumerGroup, memberId: string): void {
  const { consumerMaxSize } = group.home.settings;
  if (group.members.size < consumerMaxSize || group.members.has(memberId)) return;
  throw new GroupRefusal(
    ERROR.GROUP_MAX_SIZE_REACHED,
    `The consumer group has reached its maximum capacity of ${consumerMaxSize} members.`,
  );
}

/** The static member of that instance id. @throws GroupRefusal UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID */
export function staticMember(group: ConsumerGroup, instanceId: string, memberId: string): ConsumerMember {
  const member = group.staticMember(instanceId);
  if (member === undefined) {
    throw new GroupRefusal(ERROR.UNKNOWN_MEMBER_ID, `Instance id ${instanceId} is unknown.`);
  }
  if (member.id !== memberId) {
    throw new GroupRefusal(
      ERROR.FENCED_INSTANCE_ID,
      `Static member ${memberId} with instance id ${instanceId} was fenced by member ${member.id}.`,
    );
  }
  return member;
}

export function unknownMember(groupId: string, memberId: string): GroupRefusal {
  return new GroupRefusal(ERROR.UNKNOWN_MEMBER_ID, `Member ${memberId} is not a member of group ${groupId}.`);
}
