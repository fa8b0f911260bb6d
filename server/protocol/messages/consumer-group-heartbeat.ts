import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ConsumerGroupHeartbeatRequestTopicPartitions {
  topicId: string;
  partitions: number[];
}

const consumerGroupHeartbeatRequestTopicPartitionsStruct: Struct = { name: 'ConsumerGroupHeartbeatRequestTopicPartitions', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface ConsumerGroupHeartbeatResponseTopicPartitions {
  topicId: string;
  partitions: number[];
}

const consumerGroupHeartbeatResponseTopicPartitionsStruct: Struct = { name: 'ConsumerGroupHeartbeatResponseTopicPartitions', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface Assignment {
  topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[];
}

const assignmentStruct: Struct = { name: 'Assignment', fields: [
  ['topicPartitions', [consumerGroupHeartbeatResponseTopicPartitionsStruct], '0+'],
] };

export interface ConsumerGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  rebalanceTimeoutMs: number;
  subscribedTopicNames: string[] | null;
  subscribedTopicRegex: string | null;
  serverAssignor: string | null;
  topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null;
}

export interface ConsumerGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string | null;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  assignment: Assignment | null;
}

export const consumerGroupHeartbeatApi: Api<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse> = defineApi(
  68, 'ConsumerGroupHeartbeat', '0-1', '0+',
  [
    ['groupId', 'string', '0+'],
    ['memberId', 'string', '0+'],
    ['memberEpoch', 'int32', '0+'],
    ['instanceId', 'string', '0+', { nullable: '0+', default: null }],
    ['rackId', 'string', '0+', { nullable: '0+', default: null }],
    ['rebalanceTimeoutMs', 'int32', '0+', { default: -1 }],
    ['subscribedTopicNames', ['string'], '0+', { nullable: '0+', default: null }],
    ['subscribedTopicRegex', 'string', '1+', { nullable: '1+', default: null }],
    ['serverAssignor', 'string', '0+', { nullable: '0+', default: null }],
    ['topicPartitions', [consumerGroupHeartbeatRequestTopicPartitionsStruct], '0+', { nullable: '0+', default: null }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
    ['memberId', 'string', '0+', { nullable: '0+', default: null }],
    ['memberEpoch', 'int32', '0+'],
    ['heartbeatIntervalMs', 'int32', '0+'],
    ['assignment', assignmentStruct, '0+', { nullable: '0+', default: null }],
  ],
);
