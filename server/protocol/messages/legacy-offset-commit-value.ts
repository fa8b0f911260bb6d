import { type Message, defineMessage } from '../schema.ts';

export interface LegacyOffsetCommitValue {
  offset: bigint;
  metadata: string;
  commitTimestamp: bigint;
}

export const legacyOffsetCommitValue: Message<LegacyOffsetCommitValue> = defineMessage(
  'LegacyOffsetCommitValue', '0', 'none',
  [
    ['offset', 'int64', '0'],
    ['metadata', 'string', '0'],
    ['commitTimestamp', 'int64', '0'],
  ], 0,
);
