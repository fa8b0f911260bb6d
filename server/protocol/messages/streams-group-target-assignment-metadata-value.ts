import { type Message, defineMessage } from '../schema.ts';

export interface StreamsGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number;
  assignmentTimestamp: bigint;
}

export const streamsGroupTargetAssignmentMetadataValue: Message<StreamsGroupTargetAssignmentMetadataValue> = defineMessage(
  'StreamsGroupTargetAssignmentMetadataValue', '0', '0+',
  [
    ['assignmentEpoch', 'int32', '0+'],
    ['assignmentTimestamp', 'int64', '0+', { tagged: '0+', tag: 0, ignorable: true }],
  ], 20,
);
