import { type Api, defineApi } from '../schema.ts';

export interface EndTxnRequest {
  transactionalId: string;
  producerId: bigint;
  producerEpoch: number;
  committed: boolean;
}

export interface EndTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
  producerId: bigint;
  producerEpoch: number;
}

export const endTxnApi: Api<EndTxnRequest, EndTxnResponse> = defineApi(
  26, 'EndTxn', '0-5', '3+',
  [
    ['transactionalId', 'string', '0+'],
    ['producerId', 'int64', '0+'],
    ['producerEpoch', 'int16', '0+'],
    ['committed', 'bool', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['producerId', 'int64', '5+', { default: -1n, ignorable: true }],
    ['producerEpoch', 'int16', '5+', { default: -1, ignorable: true }],
  ],
);
