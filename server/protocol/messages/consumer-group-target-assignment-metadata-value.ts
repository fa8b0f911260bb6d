import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number;
  assignmentTimestamp: bigint;
}

export const consumerGroupTargetAssignmentMetadataValue: Message<ConsumerGroupTargetAssignmentMetadataValue> = defineMessage(
  'ConsumerGroupTargetAssignmentMetadataValue', '0', '0+',
  [
    ['assignmentEpoch', 'int32', '0+'],
    ['assignmentTimestamp', 'int64', '0+', { tagged: '0+', tag: 0, ignorable: true }],
  ], 6,
);
