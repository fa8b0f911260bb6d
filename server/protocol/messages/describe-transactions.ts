import { type Api, defineApi, type Struct } from '../schema.ts';

export interface TopicData {
  topic: string;
  partitions: number[];
}

const topicDataStruct: Struct = { name: 'TopicData', fields: [
  ['topic', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface TransactionState {
  errorCode: number;
  transactionalId: string;
  transactionState: string;
  transactionTimeoutMs: number;
  transactionStartTimeMs: bigint;
  producerId: bigint;
  producerEpoch: number;
  topics: TopicData[];
}

const transactionStateStruct: Struct = { name: 'TransactionState', fields: [
  ['errorCode', 'int16', '0+'],
  ['transactionalId', 'string', '0+'],
  ['transactionState', 'string', '0+'],
  ['transactionTimeoutMs', 'int32', '0+'],
  ['transactionStartTimeMs', 'int64', '0+'],
  ['producerId', 'int64', '0+'],
  ['producerEpoch', 'int16', '0+'],
  ['topics', [topicDataStruct], '0+'],
] };

export interface DescribeTransactionsRequest {
  transactionalIds: string[];
}

export interface DescribeTransactionsResponse {
  throttleTimeMs: number;
  transactionStates: TransactionState[];
}

export const describeTransactionsApi: Api<DescribeTransactionsRequest, DescribeTransactionsResponse> = defineApi(
  65, 'DescribeTransactions', '0', '0+',
  [
    ['transactionalIds', ['string'], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['transactionStates', [transactionStateStruct], '0+'],
  ],
);
