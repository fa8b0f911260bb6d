import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface PartitionsSchema {
  topic: string;
  partitionIds: number[];
}

const partitionsSchemaStruct: Struct = { name: 'PartitionsSchema', fields: [
  ['topic', 'string', '0+'],
  ['partitionIds', ['int32'], '0+'],
] };

export interface TransactionLogValue {
  producerId: bigint;
  previousProducerId: bigint;
  nextProducerId: bigint;
  producerEpoch: number;
  nextProducerEpoch: number;
  transactionTimeoutMs: number;
  transactionStatus: number;
  transactionPartitions: PartitionsSchema[] | null;
  transactionLastUpdateTimestampMs: bigint;
  transactionStartTimestampMs: bigint;
  clientTransactionVersion: number;
}

export const transactionLogValue: Message<TransactionLogValue> = defineMessage(
  'TransactionLogValue', '0-1', '1+',
  [
    ['producerId', 'int64', '0+'],
    ['previousProducerId', 'int64', '1+', { default: -1n, tagged: '1+', tag: 0 }],
    ['nextProducerId', 'int64', '1+', { default: -1n, tagged: '1+', tag: 1 }],
    ['producerEpoch', 'int16', '0+'],
    ['nextProducerEpoch', 'int16', '1+', { default: -1, tagged: '1+', tag: 3 }],
    ['transactionTimeoutMs', 'int32', '0+'],
    ['transactionStatus', 'int8', '0+'],
    ['transactionPartitions', [partitionsSchemaStruct], '0+', { nullable: '0+' }],
    ['transactionLastUpdateTimestampMs', 'int64', '0+'],
    ['transactionStartTimestampMs', 'int64', '0+'],
    ['clientTransactionVersion', 'int16', '1+', { tagged: '1+', tag: 2 }],
  ], 0,
);
