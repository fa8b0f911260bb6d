import { type Api, defineApi } from '../schema.ts';

export interface AllocateProducerIdsRequest {
  brokerId: number;
  brokerEpoch: bigint;
}

export interface AllocateProducerIdsResponse {
  throttleTimeMs: number;
  errorCode: number;
  producerIdStart: bigint;
  producerIdLen: number;
}

export const allocateProducerIdsApi: Api<AllocateProducerIdsRequest, AllocateProducerIdsResponse> = defineApi(
  67, 'AllocateProducerIds', '0', '0+',
  [
    ['brokerId', 'int32', '0+'],
    ['brokerEpoch', 'int64', '0+', { default: -1n }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['producerIdStart', 'int64', '0+'],
    ['producerIdLen', 'int32', '0+'],
  ],
);
