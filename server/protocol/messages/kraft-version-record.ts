import { type Message, defineMessage } from '../schema.ts';

export interface KRaftVersionRecord {
  version: number;
  kRaftVersion: number;
}

export const kRaftVersionRecord: Message<KRaftVersionRecord> = defineMessage(
  'KRaftVersionRecord', '0', '0+',
  [
    ['version', 'int16', '0+'],
    ['kRaftVersion', 'int16', '0+'],
  ],
);
