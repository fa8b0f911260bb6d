import { type Message, defineMessage } from '../schema.ts';

export interface SnapshotHeaderRecord {
  version: number;
  lastContainedLogTimestamp: bigint;
}

export const snapshotHeaderRecord: Message<SnapshotHeaderRecord> = defineMessage(
  'SnapshotHeaderRecord', '0', '0+',
  [
    ['version', 'int16', '0+'],
    ['lastContainedLogTimestamp', 'int64', '0+'],
  ],
);
