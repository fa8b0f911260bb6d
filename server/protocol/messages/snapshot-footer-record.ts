import { type Message, defineMessage } from '../schema.ts';

export interface SnapshotFooterRecord {
  version: number;
}

export const snapshotFooterRecord: Message<SnapshotFooterRecord> = defineMessage(
  'SnapshotFooterRecord', '0', '0+',
  [
    ['version', 'int16', '0+'],
  ],
);
