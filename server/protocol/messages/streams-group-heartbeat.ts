import { type Api, defineApi, type Struct } from '../schema.ts';

export interface KeyValue {
  key: string;
  value: string;
}

const keyValueStruct: Struct = { name: 'KeyValue', fields: [
  ['key', 'string', '0+'],
  ['value', 'string', '0+'],
] };

export interface TopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: KeyValue[];
}

const topicInfoStruct: Struct = { name: 'TopicInfo', fields: [
  ['name', 'string', '0+'],
  ['partitions', 'int32', '0+'],
  ['replicationFactor', 'int16', '0+'],
  ['topicConfigs', [keyValueStruct], '0+'],
] };

export interface StreamsGroupHeartbeatRequestEndpoint {
  host: string;
  port: number;
}

const streamsGroupHeartbeatRequestEndpointStruct: Struct = { name: 'StreamsGroupHeartbeatRequestEndpoint', fields: [
  ['host', 'string', '0+'],
  ['port', 'uint16', '0+'],
] };

export interface TaskOffset {
  subtopologyId: string;
  partition: number;
  offset: bigint;
}

const taskOffsetStruct: Struct = { name: 'TaskOffset', fields: [
  ['subtopologyId', 'string', '0+'],
  ['partition', 'int32', '0+'],
  ['offset', 'int64', '0+'],
] };

export interface StreamsGroupHeartbeatRequestTaskIds {
  subtopologyId: string;
  partitions: number[];
}

const streamsGroupHeartbeatRequestTaskIdsStruct: Struct = { name: 'StreamsGroupHeartbeatRequestTaskIds', fields: [
  ['subtopologyId', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface CopartitionGroup {
  sourceTopics: number[];
  sourceTopicRegex: number[];
  repartitionSourceTopics: number[];
}

const copartitionGroupStruct: Struct = { name: 'CopartitionGroup', fields: [
  ['sourceTopics', ['int16'], '0+'],
  ['sourceTopicRegex', ['int16'], '0+'],
  ['repartitionSourceTopics', ['int16'], '0+'],
] };

export interface Subtopology {
  subtopologyId: string;
  sourceTopics: string[];
  sourceTopicRegex: string[];
  stateChangelogTopics: TopicInfo[];
  repartitionSinkTopics: string[];
  repartitionSourceTopics: TopicInfo[];
  copartitionGroups: CopartitionGroup[];
}

const subtopologyStruct: Struct = { name: 'Subtopology', fields: [
  ['subtopologyId', 'string', '0+'],
  ['sourceTopics', ['string'], '0+'],
  ['sourceTopicRegex', ['string'], '0+'],
  ['stateChangelogTopics', [topicInfoStruct], '0+'],
  ['repartitionSinkTopics', ['string'], '0+'],
  ['repartitionSourceTopics', [topicInfoStruct], '0+'],
  ['copartitionGroups', [copartitionGroupStruct], '0+'],
] };

export interface Topology {
  epoch: number;
  subtopologies: Subtopology[];
}

const topologyStruct: Struct = { name: 'Topology', fields: [
  ['epoch', 'int32', '0+'],
  ['subtopologies', [subtopologyStruct], '0+'],
] };

export interface Status {
  statusCode: number;
  statusDetail: string;
}

const statusStruct: Struct = { name: 'Status', fields: [
  ['statusCode', 'int8', '0+'],
  ['statusDetail', 'string', '0+'],
] };

export interface TopicPartition {
  topic: string;
  partitions: number[];
}

const topicPartitionStruct: Struct = { name: 'TopicPartition', fields: [
  ['topic', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface StreamsGroupHeartbeatResponseTaskIds {
  subtopologyId: string;
  partitions: number[];
}

const streamsGroupHeartbeatResponseTaskIdsStruct: Struct = { name: 'StreamsGroupHeartbeatResponseTaskIds', fields: [
  ['subtopologyId', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface StreamsGroupHeartbeatResponseEndpoint {
  host: string;
  port: number;
}

const streamsGroupHeartbeatResponseEndpointStruct: Struct = { name: 'StreamsGroupHeartbeatResponseEndpoint', fields: [
  ['host', 'string', '0+'],
  ['port', 'uint16', '0+'],
] };

export interface EndpointToPartitions {
  userEndpoint: StreamsGroupHeartbeatResponseEndpoint;
  activePartitions: TopicPartition[];
  standbyPartitions: TopicPartition[];
}

const endpointToPartitionsStruct: Struct = { name: 'EndpointToPartitions', fields: [
  ['userEndpoint', streamsGroupHeartbeatResponseEndpointStruct, '0+'],
  ['activePartitions', [topicPartitionStruct], '0+'],
  ['standbyPartitions', [topicPartitionStruct], '0+'],
] };

export interface StreamsGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  endpointInformationEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  rebalanceTimeoutMs: number;
  topology: Topology | null;
  activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  processId: string | null;
  userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null;
  clientTags: KeyValue[] | null;
  taskOffsets: TaskOffset[] | null;
  taskEndOffsets: TaskOffset[] | null;
  shutdownApplication: boolean;
}

export interface StreamsGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  acceptableRecoveryLag: number;
  taskOffsetIntervalMs: number;
  status: Status[] | null;
  activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  endpointInformationEpoch: number;
  partitionsByUserEndpoint: EndpointToPartitions[] | null;
}

export const streamsGroupHeartbeatApi: Api<StreamsGroupHeartbeatRequest, StreamsGroupHeartbeatResponse> = defineApi(
  88, 'StreamsGroupHeartbeat', '0', '0+',
  [
    ['groupId', 'string', '0+'],
    ['memberId', 'string', '0+'],
    ['memberEpoch', 'int32', '0+'],
    ['endpointInformationEpoch', 'int32', '0+'],
    ['instanceId', 'string', '0+', { nullable: '0+', default: null }],
    ['rackId', 'string', '0+', { nullable: '0+', default: null }],
    ['rebalanceTimeoutMs', 'int32', '0+', { default: -1 }],
    ['topology', topologyStruct, '0+', { nullable: '0+', default: null }],
    ['activeTasks', [streamsGroupHeartbeatRequestTaskIdsStruct], '0+', { nullable: '0+', default: null }],
    ['standbyTasks', [streamsGroupHeartbeatRequestTaskIdsStruct], '0+', { nullable: '0+', default: null }],
    ['warmupTasks', [streamsGroupHeartbeatRequestTaskIdsStruct], '0+', { nullable: '0+', default: null }],
    ['processId', 'string', '0+', { nullable: '0+', default: null }],
    ['userEndpoint', streamsGroupHeartbeatRequestEndpointStruct, '0+', { nullable: '0+', default: null }],
    ['clientTags', [keyValueStruct], '0+', { nullable: '0+', default: null }],
    ['taskOffsets', [taskOffsetStruct], '0+', { nullable: '0+', default: null }],
    ['taskEndOffsets', [taskOffsetStruct], '0+', { nullable: '0+', default: null }],
    ['shutdownApplication', 'bool', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
    ['memberId', 'string', '0+'],
    ['memberEpoch', 'int32', '0+'],
    ['heartbeatIntervalMs', 'int32', '0+'],
    ['acceptableRecoveryLag', 'int32', '0+'],
    ['taskOffsetIntervalMs', 'int32', '0+'],
    ['status', [statusStruct], '0+', { nullable: '0+' }],
    ['activeTasks', [streamsGroupHeartbeatResponseTaskIdsStruct], '0+', { nullable: '0+', default: null }],
    ['standbyTasks', [streamsGroupHeartbeatResponseTaskIdsStruct], '0+', { nullable: '0+', default: null }],
    ['warmupTasks', [streamsGroupHeartbeatResponseTaskIdsStruct], '0+', { nullable: '0+', default: null }],
    ['endpointInformationEpoch', 'int32', '0+'],
    ['partitionsByUserEndpoint', [endpointToPartitionsStruct], '0+', { nullable: '0+', default: null }],
  ],
);
