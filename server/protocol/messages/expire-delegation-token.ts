import { type Api, defineApi } from '../schema.ts';

export interface ExpireDelegationTokenRequest {
  hmac: Buffer;
  expiryTimePeriodMs: bigint;
}

export interface ExpireDelegationTokenResponse {
  errorCode: number;
  expiryTimestampMs: bigint;
  throttleTimeMs: number;
}

export const expireDelegationTokenApi: Api<ExpireDelegationTokenRequest, ExpireDelegationTokenResponse> = defineApi(
  40, 'ExpireDelegationToken', '1-2', '2+',
  [
    ['hmac', 'bytes', '0+'],
    ['expiryTimePeriodMs', 'int64', '0+'],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['expiryTimestampMs', 'int64', '0+'],
    ['throttleTimeMs', 'int32', '0+'],
  ],
);
