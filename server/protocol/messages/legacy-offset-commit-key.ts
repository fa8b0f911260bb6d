import { type Message, defineMessage } from '../schema.ts';

export interface LegacyOffsetCommitKey {
  group: string;
  topic: string;
  partition: number;
}

export const legacyOffsetCommitKey: Message<LegacyOffsetCommitKey> = defineMessage(
  'LegacyOffsetCommitKey', '0', 'none',
  [
    ['group', 'string', '0'],
    ['topic', 'string', '0'],
    ['partition', 'int32', '0'],
  ], 0,
);
