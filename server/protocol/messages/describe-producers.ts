import { type Api, defineApi, type Struct } from '../schema.ts';

export interface TopicRequest {
  name: string;
  partitionIndexes: number[];
}

const topicRequestStruct: Struct = { name: 'TopicRequest', fields: [
  ['name', 'string', '0+'],
  ['partitionIndexes', ['int32'], '0+'],
] };

export interface ProducerState {
  producerId: bigint;
  producerEpoch: number;
  lastSequence: number;
  lastTimestamp: bigint;
  coordinatorEpoch: number;
  currentTxnStartOffset: bigint;
}

const producerStateStruct: Struct = { name: 'ProducerState', fields: [
  ['producerId', 'int64', '0+'],
  ['producerEpoch', 'int32', '0+'],
  ['lastSequence', 'int32', '0+', { default: -1 }],
  ['lastTimestamp', 'int64', '0+', { default: -1n }],
  ['coordinatorEpoch', 'int32', '0+'],
  ['currentTxnStartOffset', 'int64', '0+', { default: -1n }],
] };

export interface PartitionResponse {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  activeProducers: ProducerState[];
}

const partitionResponseStruct: Struct = { name: 'PartitionResponse', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
  ['activeProducers', [producerStateStruct], '0+'],
] };

export interface TopicResponse {
  name: string;
  partitions: PartitionResponse[];
}

const topicResponseStruct: Struct = { name: 'TopicResponse', fields: [
  ['name', 'string', '0+'],
  ['partitions', [partitionResponseStruct], '0+'],
] };

export interface DescribeProducersRequest {
  topics: TopicRequest[];
}

export interface DescribeProducersResponse {
  throttleTimeMs: number;
  topics: TopicResponse[];
}

export const describeProducersApi: Api<DescribeProducersRequest, DescribeProducersResponse> = defineApi(
  61, 'DescribeProducers', '0', '0+',
  [
    ['topics', [topicRequestStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['topics', [topicResponseStruct], '0+'],
  ],
);
