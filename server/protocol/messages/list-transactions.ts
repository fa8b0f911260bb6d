import { type Api, defineApi, type Struct } from '../schema.ts';

export interface TransactionState {
  transactionalId: string;
  producerId: bigint;
  transactionState: string;
}

const transactionStateStruct: Struct = { name: 'TransactionState', fields: [
  ['transactionalId', 'string', '0+'],
  ['producerId', 'int64', '0+'],
  ['transactionState', 'string', '0+'],
] };

export interface ListTransactionsRequest {
  stateFilters: string[];
  producerIdFilters: bigint[];
  durationFilter: bigint;
  transactionalIdPattern: string | null;
}

export interface ListTransactionsResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownStateFilters: string[];
  transactionStates: TransactionState[];
}

export const listTransactionsApi: Api<ListTransactionsRequest, ListTransactionsResponse> = defineApi(
  66, 'ListTransactions', '0-2', '0+',
  [
    ['stateFilters', ['string'], '0+'],
    ['producerIdFilters', ['int64'], '0+'],
    ['durationFilter', 'int64', '1+', { default: -1n }],
    ['transactionalIdPattern', 'string', '2+', { nullable: '2+', default: null }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['unknownStateFilters', ['string'], '0+'],
    ['transactionStates', [transactionStateStruct], '0+'],
  ],
);
