import { type Message, defineMessage } from '../schema.ts';

export interface OffsetCommitKey {
  group: string;
  topic: string;
  partition: number;
}

export const offsetCommitKey: Message<OffsetCommitKey> = defineMessage(
  'OffsetCommitKey', '0', 'none',
  [
    ['group', 'string', '0'],
    ['topic', 'string', '0'],
    ['partition', 'int32', '0'],
  ], 1,
);
