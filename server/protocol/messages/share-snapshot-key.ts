import { type Message, defineMessage } from '../schema.ts';

export interface ShareSnapshotKey {
  groupId: string;
  topicId: string;
  partition: number;
}

export const shareSnapshotKey: Message<ShareSnapshotKey> = defineMessage(
  'ShareSnapshotKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['topicId', 'uuid', '0'],
    ['partition', 'int32', '0'],
  ], 0,
);
