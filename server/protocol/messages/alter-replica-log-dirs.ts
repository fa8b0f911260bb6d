import { type Api, defineApi, type Struct } from '../schema.ts';

export interface AlterReplicaLogDirTopic {
  name: string;
  partitions: number[];
}

const alterReplicaLogDirTopicStruct: Struct = { name: 'AlterReplicaLogDirTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface AlterReplicaLogDir {
  path: string;
  topics: AlterReplicaLogDirTopic[];
}

const alterReplicaLogDirStruct: Struct = { name: 'AlterReplicaLogDir', fields: [
  ['path', 'string', '0+'],
  ['topics', [alterReplicaLogDirTopicStruct], '0+'],
] };

export interface AlterReplicaLogDirPartitionResult {
  partitionIndex: number;
  errorCode: number;
}

const alterReplicaLogDirPartitionResultStruct: Struct = { name: 'AlterReplicaLogDirPartitionResult', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
] };

export interface AlterReplicaLogDirTopicResult {
  topicName: string;
  partitions: AlterReplicaLogDirPartitionResult[];
}

const alterReplicaLogDirTopicResultStruct: Struct = { name: 'AlterReplicaLogDirTopicResult', fields: [
  ['topicName', 'string', '0+'],
  ['partitions', [alterReplicaLogDirPartitionResultStruct], '0+'],
] };

export interface AlterReplicaLogDirsRequest {
  dirs: AlterReplicaLogDir[];
}

export interface AlterReplicaLogDirsResponse {
  throttleTimeMs: number;
  results: AlterReplicaLogDirTopicResult[];
}

export const alterReplicaLogDirsApi: Api<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse> = defineApi(
  34, 'AlterReplicaLogDirs', '1-2', '2+',
  [
    ['dirs', [alterReplicaLogDirStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['results', [alterReplicaLogDirTopicResultStruct], '0+'],
  ],
);
