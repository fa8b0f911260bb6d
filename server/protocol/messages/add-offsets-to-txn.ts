import { type Api, defineApi } from '../schema.ts';

export interface AddOffsetsToTxnRequest {
  transactionalId: string;
  producerId: bigint;
  producerEpoch: number;
  groupId: string;
}

export interface AddOffsetsToTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
}

export const addOffsetsToTxnApi: Api<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse> = defineApi(
  25, 'AddOffsetsToTxn', '0-4', '3+',
  [
    ['transactionalId', 'string', '0+'],
    ['producerId', 'int64', '0+'],
    ['producerEpoch', 'int16', '0+'],
    ['groupId', 'string', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
  ],
);
