import { type Message, defineMessage } from '../schema.ts';

export interface FenceBrokerRecord {
  id: number;
  epoch: bigint;
}

export const fenceBrokerRecord: Message<FenceBrokerRecord> = defineMessage(
  'FenceBrokerRecord', '0', '0+',
  [
    ['id', 'int32', '0+'],
    ['epoch', 'int64', '0+'],
  ], 7,
);
