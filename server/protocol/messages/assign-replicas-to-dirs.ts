import { type Api, defineApi, type Struct } from '../schema.ts';

export interface AssignReplicasToDirsRequestPartitionData {
  partitionIndex: number;
}

const assignReplicasToDirsRequestPartitionDataStruct: Struct = { name: 'AssignReplicasToDirsRequestPartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
] };

export interface AssignReplicasToDirsRequestTopicData {
  topicId: string;
  partitions: AssignReplicasToDirsRequestPartitionData[];
}

const assignReplicasToDirsRequestTopicDataStruct: Struct = { name: 'AssignReplicasToDirsRequestTopicData', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [assignReplicasToDirsRequestPartitionDataStruct], '0+'],
] };

export interface AssignReplicasToDirsRequestDirectoryData {
  id: string;
  topics: AssignReplicasToDirsRequestTopicData[];
}

const assignReplicasToDirsRequestDirectoryDataStruct: Struct = { name: 'AssignReplicasToDirsRequestDirectoryData', fields: [
  ['id', 'uuid', '0+'],
  ['topics', [assignReplicasToDirsRequestTopicDataStruct], '0+'],
] };

export interface AssignReplicasToDirsResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
}

const assignReplicasToDirsResponsePartitionDataStruct: Struct = { name: 'AssignReplicasToDirsResponsePartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
] };

export interface AssignReplicasToDirsResponseTopicData {
  topicId: string;
  partitions: AssignReplicasToDirsResponsePartitionData[];
}

const assignReplicasToDirsResponseTopicDataStruct: Struct = { name: 'AssignReplicasToDirsResponseTopicData', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [assignReplicasToDirsResponsePartitionDataStruct], '0+'],
] };

export interface AssignReplicasToDirsResponseDirectoryData {
  id: string;
  topics: AssignReplicasToDirsResponseTopicData[];
}

const assignReplicasToDirsResponseDirectoryDataStruct: Struct = { name: 'AssignReplicasToDirsResponseDirectoryData', fields: [
  ['id', 'uuid', '0+'],
  ['topics', [assignReplicasToDirsResponseTopicDataStruct], '0+'],
] };

export interface AssignReplicasToDirsRequest {
  brokerId: number;
  brokerEpoch: bigint;
  directories: AssignReplicasToDirsRequestDirectoryData[];
}

export interface AssignReplicasToDirsResponse {
  throttleTimeMs: number;
  errorCode: number;
  directories: AssignReplicasToDirsResponseDirectoryData[];
}

export const assignReplicasToDirsApi: Api<AssignReplicasToDirsRequest, AssignReplicasToDirsResponse> = defineApi(
  73, 'AssignReplicasToDirs', '0', '0+',
  [
    ['brokerId', 'int32', '0+'],
    ['brokerEpoch', 'int64', '0+', { default: -1n }],
    ['directories', [assignReplicasToDirsRequestDirectoryDataStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['directories', [assignReplicasToDirsResponseDirectoryDataStruct], '0+'],
  ],
);
