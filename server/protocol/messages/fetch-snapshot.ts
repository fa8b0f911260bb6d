import { type Api, defineApi, type Struct } from '../schema.ts';

export interface FetchSnapshotRequestSnapshotId {
  endOffset: bigint;
  epoch: number;
}

const fetchSnapshotRequestSnapshotIdStruct: Struct = { name: 'FetchSnapshotRequestSnapshotId', fields: [
  ['endOffset', 'int64', '0+'],
  ['epoch', 'int32', '0+'],
] };

export interface FetchSnapshotRequestPartitionSnapshot {
  partition: number;
  currentLeaderEpoch: number;
  snapshotId: FetchSnapshotRequestSnapshotId;
  position: bigint;
  replicaDirectoryId: string;
}

const fetchSnapshotRequestPartitionSnapshotStruct: Struct = { name: 'FetchSnapshotRequestPartitionSnapshot', fields: [
  ['partition', 'int32', '0+'],
  ['currentLeaderEpoch', 'int32', '0+'],
  ['snapshotId', fetchSnapshotRequestSnapshotIdStruct, '0+'],
  ['position', 'int64', '0+'],
  ['replicaDirectoryId', 'uuid', '1+', { tagged: '1+', tag: 0, ignorable: true }],
] };

export interface FetchSnapshotRequestTopicSnapshot {
  name: string;
  partitions: FetchSnapshotRequestPartitionSnapshot[];
}

const fetchSnapshotRequestTopicSnapshotStruct: Struct = { name: 'FetchSnapshotRequestTopicSnapshot', fields: [
  ['name', 'string', '0+'],
  ['partitions', [fetchSnapshotRequestPartitionSnapshotStruct], '0+'],
] };

export interface FetchSnapshotResponseSnapshotId {
  endOffset: bigint;
  epoch: number;
}

const fetchSnapshotResponseSnapshotIdStruct: Struct = { name: 'FetchSnapshotResponseSnapshotId', fields: [
  ['endOffset', 'int64', '0+'],
  ['epoch', 'int32', '0+'],
] };

export interface LeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
}

const leaderIdAndEpochStruct: Struct = { name: 'LeaderIdAndEpoch', fields: [
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
] };

export interface FetchSnapshotResponsePartitionSnapshot {
  index: number;
  errorCode: number;
  snapshotId: FetchSnapshotResponseSnapshotId;
  currentLeader: LeaderIdAndEpoch;
  size: bigint;
  position: bigint;
  unalignedRecords: Buffer | null;
}

const fetchSnapshotResponsePartitionSnapshotStruct: Struct = { name: 'FetchSnapshotResponsePartitionSnapshot', fields: [
  ['index', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['snapshotId', fetchSnapshotResponseSnapshotIdStruct, '0+'],
  ['currentLeader', leaderIdAndEpochStruct, '0+', { tagged: '0+', tag: 0 }],
  ['size', 'int64', '0+'],
  ['position', 'int64', '0+'],
  ['unalignedRecords', 'records', '0+'],
] };

export interface FetchSnapshotResponseTopicSnapshot {
  name: string;
  partitions: FetchSnapshotResponsePartitionSnapshot[];
}

const fetchSnapshotResponseTopicSnapshotStruct: Struct = { name: 'FetchSnapshotResponseTopicSnapshot', fields: [
  ['name', 'string', '0+'],
  ['partitions', [fetchSnapshotResponsePartitionSnapshotStruct], '0+'],
] };

export interface NodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
}

const nodeEndpointStruct: Struct = { name: 'NodeEndpoint', fields: [
  ['nodeId', 'int32', '1+'],
  ['host', 'string', '1+'],
  ['port', 'uint16', '1+'],
] };

export interface FetchSnapshotRequest {
  clusterId: string | null;
  replicaId: number;
  maxBytes: number;
  topics: FetchSnapshotRequestTopicSnapshot[];
}

export interface FetchSnapshotResponse {
  throttleTimeMs: number;
  errorCode: number;
  topics: FetchSnapshotResponseTopicSnapshot[];
  nodeEndpoints: NodeEndpoint[];
}

export const fetchSnapshotApi: Api<FetchSnapshotRequest, FetchSnapshotResponse> = defineApi(
  59, 'FetchSnapshot', '0-1', '0+',
  [
    ['clusterId', 'string', '0+', { nullable: '0+', default: null, tagged: '0+', tag: 0 }],
    ['replicaId', 'int32', '0+', { default: -1 }],
    ['maxBytes', 'int32', '0+', { default: 2147483647 }],
    ['topics', [fetchSnapshotRequestTopicSnapshotStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+', { ignorable: true }],
    ['errorCode', 'int16', '0+'],
    ['topics', [fetchSnapshotResponseTopicSnapshotStruct], '0+'],
    ['nodeEndpoints', [nodeEndpointStruct], '1+', { tagged: '1+', tag: 0 }],
  ],
);
