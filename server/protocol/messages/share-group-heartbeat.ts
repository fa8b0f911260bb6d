import { type Api, defineApi, type Struct } from '../schema.ts';

export interface TopicPartitions {
  topicId: string;
  partitions: number[];
}

const topicPartitionsStruct: Struct = { name: 'TopicPartitions', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface Assignment {
  topicPartitions: TopicPartitions[];
}

const assignmentStruct: Struct = { name: 'Assignment', fields: [
  ['topicPartitions', [topicPartitionsStruct], '0+'],
] };

export interface ShareGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  rackId: string | null;
  subscribedTopicNames: string[] | null;
}

export interface ShareGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string | null;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  assignment: Assignment | null;
}

export const shareGroupHeartbeatApi: Api<ShareGroupHeartbeatRequest, ShareGroupHeartbeatResponse> = defineApi(
  76, 'ShareGroupHeartbeat', '1', '0+',
  [
    ['groupId', 'string', '0+'],
    ['memberId', 'string', '0+'],
    ['memberEpoch', 'int32', '0+'],
    ['rackId', 'string', '0+', { nullable: '0+', default: null }],
    ['subscribedTopicNames', ['string'], '0+', { nullable: '0+', default: null }],
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
