import { type Api, defineApi, type Struct } from '../schema.ts';

export interface Endpoint {
  host: string;
  port: number;
}

const endpointStruct: Struct = { name: 'Endpoint', fields: [
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

export interface TaskIds {
  subtopologyId: string;
  partitions: number[];
}

const taskIdsStruct: Struct = { name: 'TaskIds', fields: [
  ['subtopologyId', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface Assignment {
  activeTasks: TaskIds[];
  standbyTasks: TaskIds[];
  warmupTasks: TaskIds[];
}

const assignmentStruct: Struct = { name: 'Assignment', fields: [
  ['activeTasks', [taskIdsStruct], '0+'],
  ['standbyTasks', [taskIdsStruct], '0+'],
  ['warmupTasks', [taskIdsStruct], '0+'],
] };

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

export interface Subtopology {
  subtopologyId: string;
  sourceTopics: string[];
  repartitionSinkTopics: string[];
  stateChangelogTopics: TopicInfo[];
  repartitionSourceTopics: TopicInfo[];
}

const subtopologyStruct: Struct = { name: 'Subtopology', fields: [
  ['subtopologyId', 'string', '0+'],
  ['sourceTopics', ['string'], '0+'],
  ['repartitionSinkTopics', ['string'], '0+'],
  ['stateChangelogTopics', [topicInfoStruct], '0+'],
  ['repartitionSourceTopics', [topicInfoStruct], '0+'],
] };

export interface Topology {
  epoch: number;
  subtopologies: Subtopology[] | null;
}

const topologyStruct: Struct = { name: 'Topology', fields: [
  ['epoch', 'int32', '0+'],
  ['subtopologies', [subtopologyStruct], '0+', { nullable: '0+', default: null }],
] };

export interface Member {
  memberId: string;
  memberEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  topologyEpoch: number;
  processId: string;
  userEndpoint: Endpoint | null;
  clientTags: KeyValue[];
  taskOffsets: TaskOffset[];
  taskEndOffsets: TaskOffset[];
  assignment: Assignment;
  targetAssignment: Assignment;
  isClassic: boolean;
}

const memberStruct: Struct = { name: 'Member', fields: [
  ['memberId', 'string', '0+'],
  ['memberEpoch', 'int32', '0+'],
  ['instanceId', 'string', '0+', { nullable: '0+', default: null }],
  ['rackId', 'string', '0+', { nullable: '0+', default: null }],
  ['clientId', 'string', '0+'],
  ['clientHost', 'string', '0+'],
  ['topologyEpoch', 'int32', '0+'],
  ['processId', 'string', '0+'],
  ['userEndpoint', endpointStruct, '0+', { nullable: '0+', default: null }],
  ['clientTags', [keyValueStruct], '0+'],
  ['taskOffsets', [taskOffsetStruct], '0+'],
  ['taskEndOffsets', [taskOffsetStruct], '0+'],
  ['assignment', assignmentStruct, '0+'],
  ['targetAssignment', assignmentStruct, '0+'],
  ['isClassic', 'bool', '0+'],
] };

export interface DescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  topology: Topology | null;
  members: Member[];
  authorizedOperations: number;
}

const describedGroupStruct: Struct = { name: 'DescribedGroup', fields: [
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
  ['groupId', 'string', '0+'],
  ['groupState', 'string', '0+'],
  ['groupEpoch', 'int32', '0+'],
  ['assignmentEpoch', 'int32', '0+'],
  ['topology', topologyStruct, '0+', { nullable: '0+', default: null }],
  ['members', [memberStruct], '0+'],
  ['authorizedOperations', 'int32', '0+', { default: -2147483648 }],
] };

export interface StreamsGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
}

export interface StreamsGroupDescribeResponse {
  throttleTimeMs: number;
  groups: DescribedGroup[];
}

export const streamsGroupDescribeApi: Api<StreamsGroupDescribeRequest, StreamsGroupDescribeResponse> = defineApi(
  89, 'StreamsGroupDescribe', '0', '0+',
  [
    ['groupIds', ['string'], '0+'],
    ['includeAuthorizedOperations', 'bool', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['groups', [describedGroupStruct], '0+'],
  ],
);
