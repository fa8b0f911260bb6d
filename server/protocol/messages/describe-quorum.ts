import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DescribeQuorumRequestPartitionData {
  partitionIndex: number;
}

const describeQuorumRequestPartitionDataStruct: Struct = { name: 'DescribeQuorumRequestPartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
] };

export interface DescribeQuorumRequestTopicData {
  topicName: string;
  partitions: DescribeQuorumRequestPartitionData[];
}

const describeQuorumRequestTopicDataStruct: Struct = { name: 'DescribeQuorumRequestTopicData', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [describeQuorumRequestPartitionDataStruct], '0+'],
] };

export interface ReplicaState {
  replicaId: number;
  replicaDirectoryId: string;
  logEndOffset: bigint;
  lastFetchTimestamp: bigint;
  lastCaughtUpTimestamp: bigint;
}

const replicaStateStruct: Struct = { name: 'ReplicaState', fields: [
  ['replicaId', 'int32', '0+'],
  ['replicaDirectoryId', 'uuid', '2+'],
  ['logEndOffset', 'int64', '0+'],
  ['lastFetchTimestamp', 'int64', '1+', { default: -1n, ignorable: true }],
  ['lastCaughtUpTimestamp', 'int64', '1+', { default: -1n, ignorable: true }],
] };

export interface DescribeQuorumResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  leaderId: number;
  leaderEpoch: number;
  highWatermark: bigint;
  currentVoters: ReplicaState[];
  observers: ReplicaState[];
}

const describeQuorumResponsePartitionDataStruct: Struct = { name: 'DescribeQuorumResponsePartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '2+', { nullable: '2+', ignorable: true }],
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
  ['highWatermark', 'int64', '0+'],
  ['currentVoters', [replicaStateStruct], '0+'],
  ['observers', [replicaStateStruct], '0+'],
] };

export interface DescribeQuorumResponseTopicData {
  topicName: string;
  partitions: DescribeQuorumResponsePartitionData[];
}

const describeQuorumResponseTopicDataStruct: Struct = { name: 'DescribeQuorumResponseTopicData', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [describeQuorumResponsePartitionDataStruct], '0+'],
] };

export interface Listener {
  name: string;
  host: string;
  port: number;
}

const listenerStruct: Struct = { name: 'Listener', fields: [
  ['name', 'string', '2+'],
  ['host', 'string', '2+'],
  ['port', 'uint16', '2+'],
] };

export interface Node {
  nodeId: number;
  listeners: Listener[];
}

const nodeStruct: Struct = { name: 'Node', fields: [
  ['nodeId', 'int32', '2+'],
  ['listeners', [listenerStruct], '2+'],
] };

export interface DescribeQuorumRequest {
  topics: DescribeQuorumRequestTopicData[];
}

export interface DescribeQuorumResponse {
  errorCode: number;
  errorMessage: string | null;
  topics: DescribeQuorumResponseTopicData[];
  nodes: Node[];
}

export const describeQuorumApi: Api<DescribeQuorumRequest, DescribeQuorumResponse> = defineApi(
  55, 'DescribeQuorum', '0-2', '0+',
  [
    ['topics', [describeQuorumRequestTopicDataStruct], '0+'],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '2+', { nullable: '2+', ignorable: true }],
    ['topics', [describeQuorumResponseTopicDataStruct], '0+'],
    ['nodes', [nodeStruct], '2+'],
  ],
);
