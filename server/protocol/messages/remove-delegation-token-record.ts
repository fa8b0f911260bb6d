import { type Message, defineMessage } from '../schema.ts';

export interface RemoveDelegationTokenRecord {
  tokenId: string;
}

export const removeDelegationTokenRecord: Message<RemoveDelegationTokenRecord> = defineMessage(
  'RemoveDelegationTokenRecord', '0', '0+',
  [
    ['tokenId', 'string', '0+'],
  ], 26,
);
