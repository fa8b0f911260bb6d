import { type Api, defineApi, type Struct } from '../schema.ts';

export interface CreatableRenewers {
  principalType: string;
  principalName: string;
}

const creatableRenewersStruct: Struct = { name: 'CreatableRenewers', fields: [
  ['principalType', 'string', '0+'],
  ['principalName', 'string', '0+'],
] };

export interface CreateDelegationTokenRequest {
  ownerPrincipalType: string | null;
  ownerPrincipalName: string | null;
  renewers: CreatableRenewers[];
  maxLifetimeMs: bigint;
}

export interface CreateDelegationTokenResponse {
  errorCode: number;
  principalType: string;
  principalName: string;
  tokenRequesterPrincipalType: string;
  tokenRequesterPrincipalName: string;
  issueTimestampMs: bigint;
  expiryTimestampMs: bigint;
  maxTimestampMs: bigint;
  tokenId: string;
  hmac: Buffer;
  throttleTimeMs: number;
}

export const createDelegationTokenApi: Api<CreateDelegationTokenRequest, CreateDelegationTokenResponse> = defineApi(
  38, 'CreateDelegationToken', '1-3', '2+',
  [
    ['ownerPrincipalType', 'string', '3+', { nullable: '3+' }],
    ['ownerPrincipalName', 'string', '3+', { nullable: '3+' }],
    ['renewers', [creatableRenewersStruct], '0+'],
    ['maxLifetimeMs', 'int64', '0+'],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['principalType', 'string', '0+'],
    ['principalName', 'string', '0+'],
    ['tokenRequesterPrincipalType', 'string', '3+'],
    ['tokenRequesterPrincipalName', 'string', '3+'],
    ['issueTimestampMs', 'int64', '0+'],
    ['expiryTimestampMs', 'int64', '0+'],
    ['maxTimestampMs', 'int64', '0+'],
    ['tokenId', 'string', '0+'],
    ['hmac', 'bytes', '0+'],
    ['throttleTimeMs', 'int32', '0+'],
  ],
);
