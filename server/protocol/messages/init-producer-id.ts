import { type Api, defineApi } from '../schema.ts';

export interface InitProducerIdRequest {
  transactionalId: string | null;
  transactionTimeoutMs: number;
  producerId: bigint;
  producerEpoch: number;
  enable2Pc: boolean;
  keepPreparedTxn: boolean;
}

export interface InitProducerIdResponse {
  throttleTimeMs: number;
  errorCode: number;
  producerId: bigint;
  producerEpoch: number;
  ongoingTxnProducerId: bigint;
  ongoingTxnProducerEpoch: number;
}

export const initProducerIdApi: Api<InitProducerIdRequest, InitProducerIdResponse> = defineApi(
  22, 'InitProducerId', '0-6', '2+',
  [
    ['transactionalId', 'string', '0+', { nullable: '0+' }],
    ['transactionTimeoutMs', 'int32', '0+'],
    ['producerId', 'int64', '3+', { default: -1n }],
    ['producerEpoch', 'int16', '3+', { default: -1 }],
    ['enable2Pc', 'bool', '6+'],
    ['keepPreparedTxn', 'bool', '6+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+', { ignorable: true }],
    ['errorCode', 'int16', '0+'],
    ['producerId', 'int64', '0+', { default: -1n }],
    ['producerEpoch', 'int16', '0+'],
    ['ongoingTxnProducerId', 'int64', '6+', { default: -1n }],
    ['ongoingTxnProducerEpoch', 'int16', '6+', { default: -1 }],
  ],
  true,
);
