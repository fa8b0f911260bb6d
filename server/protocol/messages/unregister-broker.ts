import { type Api, defineApi } from '../schema.ts';

export interface UnregisterBrokerRequest {
  brokerId: number;
}

export interface UnregisterBrokerResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
}

export const unregisterBrokerApi: Api<UnregisterBrokerRequest, UnregisterBrokerResponse> = defineApi(
  64, 'UnregisterBroker', '0', '0+',
  [
    ['brokerId', 'int32', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+' }],
  ],
);
