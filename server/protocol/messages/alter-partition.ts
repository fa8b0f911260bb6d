import { type Api, defineApi, type Struct } from '../schema.ts';

export interface BrokerState {
  brokerId: number;
  brokerEpoch: bigint;
}

const brokerStateStruct: Struct = { name: 'BrokerState', fields: [
  ['brokerId', 'int32', '3+'],
  ['brokerEpoch', 'int64', '3+', { default: -1n }],
] };

export interface AlterPartitionRequestPartitionData {
  partitionIndex: number;
  leaderEpoch: number;
  newIsr: number[];
  newIsrWithEpochs: BrokerState[];
  leaderRecoveryState: number;
  partitionEpoch: number;
}

const alterPartitionRequestPartitionDataStruct: Struct = { name: 'AlterPartitionRequestPartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
  ['newIsr', ['int32'], '0-2'],
  ['newIsrWithEpochs', [brokerStateStruct], '3+'],
  ['leaderRecoveryState', 'int8', '1+'],
  ['partitionEpoch', 'int32', '0+'],
] };

export interface AlterPartitionRequestTopicData {
  topicId: string;
  partitions: AlterPartitionRequestPartitionData[];
}

const alterPartitionRequestTopicDataStruct: Struct = { name: 'AlterPartitionRequestTopicData', fields: [
  ['topicId', 'uuid', '2+', { ignorable: true }],
  ['partitions', [alterPartitionRequestPartitionDataStruct], '0+'],
] };

export interface AlterPartitionResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  leaderId: number;
  leaderEpoch: number;
  isr: number[];
  leaderRecoveryState: number;
  partitionEpoch: number;
}

const alterPartitionResponsePartitionDataStruct: Struct = { name: 'AlterPartitionResponsePartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
  ['isr', ['int32'], '0+'],
  ['leaderRecoveryState', 'int8', '1+', { ignorable: true }],
  ['partitionEpoch', 'int32', '0+'],
] };

export interface AlterPartitionResponseTopicData {
  topicId: string;
  partitions: AlterPartitionResponsePartitionData[];
}

const alterPartitionResponseTopicDataStruct: Struct = { name: 'AlterPartitionResponseTopicData', fields: [
  ['topicId', 'uuid', '2+', { ignorable: true }],
  ['partitions', [alterPartitionResponsePartitionDataStruct], '0+'],
] };

export interface AlterPartitionRequest {
  brokerId: number;
  brokerEpoch: bigint;
  topics: AlterPartitionRequestTopicData[];
}

export interface AlterPartitionResponse {
  throttleTimeMs: number;
  errorCode: number;
  topics: AlterPartitionResponseTopicData[];
}

export const alterPartitionApi: Api<AlterPartitionRequest, AlterPartitionResponse> = defineApi(
  56, 'AlterPartition', '2-3', '0+',
  [
    ['brokerId', 'int32', '0+'],
    ['brokerEpoch', 'int64', '0+', { default: -1n }],
    ['topics', [alterPartitionRequestTopicDataStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['topics', [alterPartitionResponseTopicDataStruct], '0+'],
  ],
);
