import { type Message, defineMessage } from '../schema.ts';

export interface UnregisterBrokerRecord {
  brokerId: number;
  brokerEpoch: bigint;
}

export const unregisterBrokerRecord: Message<UnregisterBrokerRecord> = defineMessage(
  'UnregisterBrokerRecord', '0', '0+',
  [
    ['brokerId', 'int32', '0+'],
    ['brokerEpoch', 'int64', '0+'],
  ], 1,
);
