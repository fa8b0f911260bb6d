import { type Api, defineApi, type Struct } from '../schema.ts';

export interface TopicPartitions {
  topicId: string;
  topicName: string;
  partitions: number[];
}

const topicPartitionsStruct: Struct = { name: 'TopicPartitions', fields: [
  ['topicId', 'uuid', '0+'],
  ['topicName', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface Assignment {
  topicPartitions: TopicPartitions[];
}

const assignmentStruct: Struct = { name: 'Assignment', fields: [
  ['topicPartitions', [topicPartitionsStruct], '0+'],
] };

export interface Member {
  memberId: string;
  instanceId: string | null;
  rackId: string | null;
  memberEpoch: number;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  subscribedTopicRegex: string | null;
  assignment: Assignment;
  targetAssignment: Assignment;
  memberType: number;
}

const memberStruct: Struct = { name: 'Member', fields: [
  ['memberId', 'string', '0+'],
  ['instanceId', 'string', '0+', { nullable: '0+', default: null }],
  ['rackId', 'string', '0+', { nullable: '0+', default: null }],
  ['memberEpoch', 'int32', '0+'],
  ['clientId', 'string', '0+'],
  ['clientHost', 'string', '0+'],
  ['subscribedTopicNames', ['string'], '0+'],
  ['subscribedTopicRegex', 'string', '0+', { nullable: '0+', default: null }],
  ['assignment', assignmentStruct, '0+'],
  ['targetAssignment', assignmentStruct, '0+'],
  ['memberType', 'int8', '1+', { default: -1, ignorable: true }],
] };

export interface DescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  assignorName: string;
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
  ['assignorName', 'string', '0+'],
  ['members', [memberStruct], '0+'],
  ['authorizedOperations', 'int32', '0+', { default: -2147483648 }],
] };

export interface ConsumerGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
}

export interface ConsumerGroupDescribeResponse {
  throttleTimeMs: number;
  groups: DescribedGroup[];
}

export const consumerGroupDescribeApi: Api<ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse> = defineApi(
  69, 'ConsumerGroupDescribe', '0-1', '0+',
  [
    ['groupIds', ['string'], '0+'],
    ['includeAuthorizedOperations', 'bool', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['groups', [describedGroupStruct], '0+'],
  ],
);
