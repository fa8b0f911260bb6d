import { type Message, defineMessage } from '../schema.ts';

export interface ShareGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number;
  assignmentTimestamp: bigint;
}

export const shareGroupTargetAssignmentMetadataValue: Message<ShareGroupTargetAssignmentMetadataValue> = defineMessage(
  'ShareGroupTargetAssignmentMetadataValue', '0', '0+',
  [
    ['assignmentEpoch', 'int32', '0+'],
    ['assignmentTimestamp', 'int64', '0+', { tagged: '0+', tag: 0, ignorable: true }],
  ], 12,
);
