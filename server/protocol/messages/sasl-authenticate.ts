import { type Api, defineApi } from '../schema.ts';

export interface SaslAuthenticateRequest {
  authBytes: Buffer;
}

export interface SaslAuthenticateResponse {
  errorCode: number;
  errorMessage: string | null;
  authBytes: Buffer;
  sessionLifetimeMs: bigint;
}

export const saslAuthenticateApi: Api<SaslAuthenticateRequest, SaslAuthenticateResponse> = defineApi(
  36, 'SaslAuthenticate', '0-2', '2+',
  [
    ['authBytes', 'bytes', '0+'],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+' }],
    ['authBytes', 'bytes', '0+'],
    ['sessionLifetimeMs', 'int64', '1+', { ignorable: true }],
  ],
);
