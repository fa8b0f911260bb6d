import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupMetadataValue {
  epoch: number;
  metadataHash: bigint;
}

export const consumerGroupMetadataValue: Message<ConsumerGroupMetadataValue> = defineMessage(
  'ConsumerGroupMetadataValue', '0', '0+',
  [
    ['epoch', 'int32', '0+'],
    ['metadataHash', 'int64', '0+', { tagged: '0+', tag: 0 }],
  ], 3,
);
