import { type Message, defineMessage } from '../schema.ts';

export interface ZkMigrationStateRecord {
  zkMigrationState: number;
}

export const zkMigrationStateRecord: Message<ZkMigrationStateRecord> = defineMessage(
  'ZkMigrationStateRecord', '0', '0+',
  [
    ['zkMigrationState', 'int8', '0+'],
  ], 21,
);
