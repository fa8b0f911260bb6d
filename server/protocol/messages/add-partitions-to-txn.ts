import { type Api, defineApi, type Struct } from '../schema.ts';

export interface AddPartitionsToTxnTopic {
  name: string;
  partitions: number[];
}

const addPartitionsToTxnTopicStruct: Struct = { name: 'AddPartitionsToTxnTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface AddPartitionsToTxnTransaction {
  transactionalId: string;
  producerId: bigint;
  producerEpoch: number;
  verifyOnly: boolean;
  topics: AddPartitionsToTxnTopic[];
}

const addPartitionsToTxnTransactionStruct: Struct = { name: 'AddPartitionsToTxnTransaction', fields: [
  ['transactionalId', 'string', '4+'],
  ['producerId', 'int64', '4+'],
  ['producerEpoch', 'int16', '4+'],
  ['verifyOnly', 'bool', '4+'],
  ['topics', [addPartitionsToTxnTopicStruct], '4+'],
] };

export interface AddPartitionsToTxnPartitionResult {
  partitionIndex: number;
  partitionErrorCode: number;
}

const addPartitionsToTxnPartitionResultStruct: Struct = { name: 'AddPartitionsToTxnPartitionResult', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['partitionErrorCode', 'int16', '0+'],
] };

export interface AddPartitionsToTxnTopicResult {
  name: string;
  resultsByPartition: AddPartitionsToTxnPartitionResult[];
}

const addPartitionsToTxnTopicResultStruct: Struct = { name: 'AddPartitionsToTxnTopicResult', fields: [
  ['name', 'string', '0+'],
  ['resultsByPartition', [addPartitionsToTxnPartitionResultStruct], '0+'],
] };

export interface AddPartitionsToTxnResult {
  transactionalId: string;
  topicResults: AddPartitionsToTxnTopicResult[];
}

const addPartitionsToTxnResultStruct: Struct = { name: 'AddPartitionsToTxnResult', fields: [
  ['transactionalId', 'string', '4+'],
  ['topicResults', [addPartitionsToTxnTopicResultStruct], '4+'],
] };

export interface AddPartitionsToTxnRequest {
  transactions: AddPartitionsToTxnTransaction[];
  v3AndBelowTransactionalId: string;
  v3AndBelowProducerId: bigint;
  v3AndBelowProducerEpoch: number;
  v3AndBelowTopics: AddPartitionsToTxnTopic[];
}

export interface AddPartitionsToTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
  resultsByTransaction: AddPartitionsToTxnResult[];
  resultsByTopicV3AndBelow: AddPartitionsToTxnTopicResult[];
}

export const addPartitionsToTxnApi: Api<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse> = defineApi(
  24, 'AddPartitionsToTxn', '0-5', '3+',
  [
    ['transactions', [addPartitionsToTxnTransactionStruct], '4+'],
    ['v3AndBelowTransactionalId', 'string', '0-3'],
    ['v3AndBelowProducerId', 'int64', '0-3'],
    ['v3AndBelowProducerEpoch', 'int16', '0-3'],
    ['v3AndBelowTopics', [addPartitionsToTxnTopicStruct], '0-3'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '4+', { ignorable: true }],
    ['resultsByTransaction', [addPartitionsToTxnResultStruct], '4+'],
    ['resultsByTopicV3AndBelow', [addPartitionsToTxnTopicResultStruct], '0-3'],
  ],
);
