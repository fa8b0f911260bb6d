import { type Api, defineApi, type Struct } from '../schema.ts';

export interface WritableTxnMarkerTopic {
  name: string;
  partitionIndexes: number[];
}

const writableTxnMarkerTopicStruct: Struct = { name: 'WritableTxnMarkerTopic', fields: [
  ['name', 'string', '0+'],
  ['partitionIndexes', ['int32'], '0+'],
] };

export interface WritableTxnMarker {
  producerId: bigint;
  producerEpoch: number;
  transactionResult: boolean;
  topics: WritableTxnMarkerTopic[];
  coordinatorEpoch: number;
  transactionVersion: number;
}

const writableTxnMarkerStruct: Struct = { name: 'WritableTxnMarker', fields: [
  ['producerId', 'int64', '0+'],
  ['producerEpoch', 'int16', '0+'],
  ['transactionResult', 'bool', '0+'],
  ['topics', [writableTxnMarkerTopicStruct], '0+'],
  ['coordinatorEpoch', 'int32', '0+'],
  ['transactionVersion', 'int8', '2+', { ignorable: true }],
] };

export interface WritableTxnMarkerPartitionResult {
  partitionIndex: number;
  errorCode: number;
}

const writableTxnMarkerPartitionResultStruct: Struct = { name: 'WritableTxnMarkerPartitionResult', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
] };

export interface WritableTxnMarkerTopicResult {
  name: string;
  partitions: WritableTxnMarkerPartitionResult[];
}

const writableTxnMarkerTopicResultStruct: Struct = { name: 'WritableTxnMarkerTopicResult', fields: [
  ['name', 'string', '0+'],
  ['partitions', [writableTxnMarkerPartitionResultStruct], '0+'],
] };

export interface WritableTxnMarkerResult {
  producerId: bigint;
  topics: WritableTxnMarkerTopicResult[];
}

const writableTxnMarkerResultStruct: Struct = { name: 'WritableTxnMarkerResult', fields: [
  ['producerId', 'int64', '0+'],
  ['topics', [writableTxnMarkerTopicResultStruct], '0+'],
] };

export interface WriteTxnMarkersRequest {
  markers: WritableTxnMarker[];
}

export interface WriteTxnMarkersResponse {
  markers: WritableTxnMarkerResult[];
}

export const writeTxnMarkersApi: Api<WriteTxnMarkersRequest, WriteTxnMarkersResponse> = defineApi(
  27, 'WriteTxnMarkers', '1-2', '1+',
  [
    ['markers', [writableTxnMarkerStruct], '0+'],
  ],
  [
    ['markers', [writableTxnMarkerResultStruct], '0+'],
  ],
);
