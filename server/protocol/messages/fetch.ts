import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ReplicaState {
  replicaId: number;
  replicaEpoch: bigint;
}

const replicaStateStruct: Struct = { name: 'ReplicaState', fields: [
  ['replicaId', 'int32', '15+', { default: -1 }],
  ['replicaEpoch', 'int64', '15+', { default: -1n }],
] };

export interface FetchPartition {
  partition: number;
  currentLeaderEpoch: number;
  fetchOffset: bigint;
  lastFetchedEpoch: number;
  logStartOffset: bigint;
  partitionMaxBytes: number;
  replicaDirectoryId: string;
  highWatermark: bigint;
}

const fetchPartitionStruct: Struct = { name: 'FetchPartition', fields: [
  ['partition', 'int32', '0+'],
  ['currentLeaderEpoch', 'int32', '9+', { default: -1, ignorable: true }],
  ['fetchOffset', 'int64', '0+'],
  ['lastFetchedEpoch', 'int32', '12+', { default: -1 }],
  ['logStartOffset', 'int64', '5+', { default: -1n, ignorable: true }],
  ['partitionMaxBytes', 'int32', '0+'],
  ['replicaDirectoryId', 'uuid', '17+', { tagged: '17+', tag: 0, ignorable: true }],
  ['highWatermark', 'int64', '18+', { default: 9223372036854775807n, tagged: '18+', tag: 1, ignorable: true }],
] };

export interface FetchTopic {
  topic: string;
  topicId: string;
  partitions: FetchPartition[];
}

const fetchTopicStruct: Struct = { name: 'FetchTopic', fields: [
  ['topic', 'string', '0-12', { ignorable: true }],
  ['topicId', 'uuid', '13+', { ignorable: true }],
  ['partitions', [fetchPartitionStruct], '0+'],
] };

export interface ForgottenTopic {
  topic: string;
  topicId: string;
  partitions: number[];
}

const forgottenTopicStruct: Struct = { name: 'ForgottenTopic', fields: [
  ['topic', 'string', '7-12', { ignorable: true }],
  ['topicId', 'uuid', '13+', { ignorable: true }],
  ['partitions', ['int32'], '7+'],
] };

export interface EpochEndOffset {
  epoch: number;
  endOffset: bigint;
}

const epochEndOffsetStruct: Struct = { name: 'EpochEndOffset', fields: [
  ['epoch', 'int32', '12+', { default: -1 }],
  ['endOffset', 'int64', '12+', { default: -1n }],
] };

export interface LeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
}

const leaderIdAndEpochStruct: Struct = { name: 'LeaderIdAndEpoch', fields: [
  ['leaderId', 'int32', '12+', { default: -1 }],
  ['leaderEpoch', 'int32', '12+', { default: -1 }],
] };

export interface SnapshotId {
  endOffset: bigint;
  epoch: number;
}

const snapshotIdStruct: Struct = { name: 'SnapshotId', fields: [
  ['endOffset', 'int64', '0+', { default: -1n }],
  ['epoch', 'int32', '0+', { default: -1 }],
] };

export interface AbortedTransaction {
  producerId: bigint;
  firstOffset: bigint;
}

const abortedTransactionStruct: Struct = { name: 'AbortedTransaction', fields: [
  ['producerId', 'int64', '4+'],
  ['firstOffset', 'int64', '4+'],
] };

export interface PartitionData {
  partitionIndex: number;
  errorCode: number;
  highWatermark: bigint;
  lastStableOffset: bigint;
  logStartOffset: bigint;
  divergingEpoch: EpochEndOffset;
  currentLeader: LeaderIdAndEpoch;
  snapshotId: SnapshotId;
  abortedTransactions: AbortedTransaction[] | null;
  preferredReadReplica: number;
  records: Buffer | null;
}

const partitionDataStruct: Struct = { name: 'PartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['highWatermark', 'int64', '0+'],
  ['lastStableOffset', 'int64', '4+', { default: -1n, ignorable: true }],
  ['logStartOffset', 'int64', '5+', { default: -1n, ignorable: true }],
  ['divergingEpoch', epochEndOffsetStruct, '12+', { tagged: '12+', tag: 0 }],
  ['currentLeader', leaderIdAndEpochStruct, '12+', { tagged: '12+', tag: 1 }],
  ['snapshotId', snapshotIdStruct, '12+', { tagged: '12+', tag: 2 }],
  ['abortedTransactions', [abortedTransactionStruct], '4+', { nullable: '4+', ignorable: true }],
  ['preferredReadReplica', 'int32', '11+', { default: -1 }],
  ['records', 'records', '0+', { nullable: '0+' }],
] };

export interface FetchableTopicResponse {
  topic: string;
  topicId: string;
  partitions: PartitionData[];
}

const fetchableTopicResponseStruct: Struct = { name: 'FetchableTopicResponse', fields: [
  ['topic', 'string', '0-12', { ignorable: true }],
  ['topicId', 'uuid', '13+', { ignorable: true }],
  ['partitions', [partitionDataStruct], '0+'],
] };

export interface NodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

const nodeEndpointStruct: Struct = { name: 'NodeEndpoint', fields: [
  ['nodeId', 'int32', '16+'],
  ['host', 'string', '16+'],
  ['port', 'int32', '16+'],
  ['rack', 'string', '16+', { nullable: '16+', default: null }],
] };

export interface FetchRequest {
  clusterId: string | null;
  replicaId: number;
  replicaState: ReplicaState;
  maxWaitMs: number;
  minBytes: number;
  maxBytes: number;
  isolationLevel: number;
  sessionId: number;
  sessionEpoch: number;
  topics: FetchTopic[];
  forgottenTopicsData: ForgottenTopic[];
  rackId: string;
}

export interface FetchResponse {
  throttleTimeMs: number;
  errorCode: number;
  sessionId: number;
  responses: FetchableTopicResponse[];
  nodeEndpoints: NodeEndpoint[];
}

export const fetchApi: Api<FetchRequest, FetchResponse> = defineApi(
  1, 'Fetch', '4-18', '12+',
  [
    ['clusterId', 'string', '12+', { nullable: '12+', default: null, tagged: '12+', tag: 0, ignorable: true }],
    ['replicaId', 'int32', '0-14', { default: -1 }],
    ['replicaState', replicaStateStruct, '15+', { tagged: '15+', tag: 1 }],
    ['maxWaitMs', 'int32', '0+'],
    ['minBytes', 'int32', '0+'],
    ['maxBytes', 'int32', '3+', { default: 2147483647, ignorable: true }],
    ['isolationLevel', 'int8', '4+', { ignorable: true }],
    ['sessionId', 'int32', '7+', { ignorable: true }],
    ['sessionEpoch', 'int32', '7+', { default: -1, ignorable: true }],
    ['topics', [fetchTopicStruct], '0+'],
    ['forgottenTopicsData', [forgottenTopicStruct], '7+'],
    ['rackId', 'string', '11+', { ignorable: true }],
  ],
  [
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['errorCode', 'int16', '7+', { ignorable: true }],
    ['sessionId', 'int32', '7+'],
    ['responses', [fetchableTopicResponseStruct], '0+'],
    ['nodeEndpoints', [nodeEndpointStruct], '16+', { tagged: '16+', tag: 0 }],
  ],
);
