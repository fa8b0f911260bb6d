import { type Message, defineMessage } from '../schema.ts';

export interface OffsetCommitValue {
  offset: bigint;
  leaderEpoch: number;
  metadata: string;
  commitTimestamp: bigint;
  expireTimestamp: bigint;
  topicId: string;
}

export const offsetCommitValue: Message<OffsetCommitValue> = defineMessage(
  'OffsetCommitValue', '0-4', '4+',
  [
    ['offset', 'int64', '0+'],
    ['leaderEpoch', 'int32', '3+', { default: -1, ignorable: true }],
    ['metadata', 'string', '0+'],
    ['commitTimestamp', 'int64', '0+'],
    ['expireTimestamp', 'int64', '1', { default: -1n, ignorable: true }],
    ['topicId', 'uuid', '4+', { tagged: '4+', tag: 0, ignorable: true }],
  ], 1,
);
