import { type Message, defineMessage } from '../schema.ts';

export interface UnfenceBrokerRecord {
  id: number;
  epoch: bigint;
}

export const unfenceBrokerRecord: Message<UnfenceBrokerRecord> = defineMessage(
  'UnfenceBrokerRecord', '0', '0+',
  [
    ['id', 'int32', '0+'],
    ['epoch', 'int64', '0+'],
  ], 8,
);
