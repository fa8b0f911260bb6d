import { type Api, defineApi } from '../schema.ts';

export interface SaslHandshakeRequest {
  mechanism: string;
}

export interface SaslHandshakeResponse {
  errorCode: number;
  mechanisms: string[];
}

export const saslHandshakeApi: Api<SaslHandshakeRequest, SaslHandshakeResponse> = defineApi(
  17, 'SaslHandshake', '0-1', 'none',
  [
    ['mechanism', 'string', '0+'],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['mechanisms', ['string'], '0+'],
  ],
);
