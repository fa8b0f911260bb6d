import { type Message, defineMessage } from '../schema.ts';

export interface ShareGroupMetadataValue {
  epoch: number;
  metadataHash: bigint;
}

export const shareGroupMetadataValue: Message<ShareGroupMetadataValue> = defineMessage(
  'ShareGroupMetadataValue', '0', '0+',
  [
    ['epoch', 'int32', '0+'],
    ['metadataHash', 'int64', '0+'],
  ], 11,
);
