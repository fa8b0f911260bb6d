import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DescribeDelegationTokenOwner {
  principalType: string;
  principalName: string;
}

const describeDelegationTokenOwnerStruct: Struct = { name: 'DescribeDelegationTokenOwner', fields: [
  ['principalType', 'string', '0+'],
  ['principalName', 'string', '0+'],
] };

export interface DescribedDelegationTokenRenewer {
  principalType: string;
  principalName: string;
}

const describedDelegationTokenRenewerStruct: Struct = { name: 'DescribedDelegationTokenRenewer', fields: [
  ['principalType', 'string', '0+'],
  ['principalName', 'string', '0+'],
] };

export interface DescribedDelegationToken {
  principalType: string;
  principalName: string;
  tokenRequesterPrincipalType: string;
  tokenRequesterPrincipalName: string;
  issueTimestamp: bigint;
  expiryTimestamp: bigint;
  maxTimestamp: bigint;
  tokenId: string;
  hmac: Buffer;
  renewers: DescribedDelegationTokenRenewer[];
}

const describedDelegationTokenStruct: Struct = { name: 'DescribedDelegationToken', fields: [
  ['principalType', 'string', '0+'],
  ['principalName', 'string', '0+'],
  ['tokenRequesterPrincipalType', 'string', '3+'],
  ['tokenRequesterPrincipalName', 'string', '3+'],
  ['issueTimestamp', 'int64', '0+'],
  ['expiryTimestamp', 'int64', '0+'],
  ['maxTimestamp', 'int64', '0+'],
  ['tokenId', 'string', '0+'],
  ['hmac', 'bytes', '0+'],
  ['renewers', [describedDelegationTokenRenewerStruct], '0+'],
] };

export interface DescribeDelegationTokenRequest {
  owners: DescribeDelegationTokenOwner[] | null;
}

export interface DescribeDelegationTokenResponse {
  errorCode: number;
  tokens: DescribedDelegationToken[];
  throttleTimeMs: number;
}

export const describeDelegationTokenApi: Api<DescribeDelegationTokenRequest, DescribeDelegationTokenResponse> = defineApi(
  41, 'DescribeDelegationToken', '1-3', '2+',
  [
    ['owners', [describeDelegationTokenOwnerStruct], '0+', { nullable: '0+' }],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['tokens', [describedDelegationTokenStruct], '0+'],
    ['throttleTimeMs', 'int32', '0+'],
  ],
);
