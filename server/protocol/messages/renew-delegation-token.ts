import { type Api, defineApi } from '../schema.ts';

export interface RenewDelegationTokenRequest {
  hmac: Buffer;
  renewPeriodMs: bigint;
}

export interface RenewDelegationTokenResponse {
  errorCode: number;
  expiryTimestampMs: bigint;
  throttleTimeMs: number;
}

export const renewDelegationTokenApi: Api<RenewDelegationTokenRequest, RenewDelegationTokenResponse> = defineApi(
  39, 'RenewDelegationToken', '1-2', '2+',
  [
    ['hmac', 'bytes', '0+'],
    ['renewPeriodMs', 'int64', '0+'],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['expiryTimestampMs', 'int64', '0+'],
    ['throttleTimeMs', 'int32', '0+'],
  ],
);
