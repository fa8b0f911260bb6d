import { type Api, defineApi } from '../schema.ts';

export interface EnvelopeRequest {
  requestData: Buffer;
  requestPrincipal: Buffer | null;
  clientHostAddress: Buffer;
}

export interface EnvelopeResponse {
  responseData: Buffer | null;
  errorCode: number;
}

export const envelopeApi: Api<EnvelopeRequest, EnvelopeResponse> = defineApi(
  58, 'Envelope', '0', '0+',
  [
    ['requestData', 'bytes', '0+'],
    ['requestPrincipal', 'bytes', '0+', { nullable: '0+' }],
    ['clientHostAddress', 'bytes', '0+'],
  ],
  [
    ['responseData', 'bytes', '0+', { nullable: '0+', default: null }],
    ['errorCode', 'int16', '0+'],
  ],
);
