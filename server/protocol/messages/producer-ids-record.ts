import { type Message, defineMessage } from '../schema.ts';

export interface ProducerIdsRecord {
  brokerId: number;
  brokerEpoch: bigint;
  nextProducerId: bigint;
}

export const producerIdsRecord: Message<ProducerIdsRecord> = defineMessage(
  'ProducerIdsRecord', '0', '0+',
  [
    ['brokerId', 'int32', '0+'],
    ['brokerEpoch', 'int64', '0+', { default: -1n }],
    ['nextProducerId', 'int64', '0+'],
  ], 15,
);
