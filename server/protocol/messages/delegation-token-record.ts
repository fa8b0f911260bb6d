import { type Message, defineMessage } from '../schema.ts';

export interface DelegationTokenRecord {
  owner: string;
  requester: string;
  renewers: string[];
  issueTimestamp: bigint;
  maxTimestamp: bigint;
  expirationTimestamp: bigint;
  tokenId: string;
}

export const delegationTokenRecord: Message<DelegationTokenRecord> = defineMessage(
  'DelegationTokenRecord', '0', '0+',
  [
    ['owner', 'string', '0+'],
    ['requester', 'string', '0+'],
    ['renewers', ['string'], '0+'],
    ['issueTimestamp', 'int64', '0+'],
    ['maxTimestamp', 'int64', '0+'],
    ['expirationTimestamp', 'int64', '0+'],
    ['tokenId', 'string', '0+'],
  ], 10,
);
