import { type Message, defineMessage } from '../schema.ts';

export interface ShareUpdateKey {
  groupId: string;
  topicId: string;
  partition: number;
}

export const shareUpdateKey: Message<ShareUpdateKey> = defineMessage(
  'ShareUpdateKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['topicId', 'uuid', '0'],
    ['partition', 'int32', '0'],
  ], 1,
);
