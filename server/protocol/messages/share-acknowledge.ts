import { type Api, defineApi, type Struct } from '../schema.ts';

export interface AcknowledgementBatch {
  firstOffset: bigint;
  lastOffset: bigint;
  acknowledgeTypes: number[];
}

const acknowledgementBatchStruct: Struct = { name: 'AcknowledgementBatch', fields: [
  ['firstOffset', 'int64', '0+'],
  ['lastOffset', 'int64', '0+'],
  ['acknowledgeTypes', ['int8'], '0+'],
] };

export interface AcknowledgePartition {
  partitionIndex: number;
  acknowledgementBatches: AcknowledgementBatch[];
}

const acknowledgePartitionStruct: Struct = { name: 'AcknowledgePartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['acknowledgementBatches', [acknowledgementBatchStruct], '0+'],
] };

export interface AcknowledgeTopic {
  topicId: string;
  partitions: AcknowledgePartition[];
}

const acknowledgeTopicStruct: Struct = { name: 'AcknowledgeTopic', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [acknowledgePartitionStruct], '0+'],
] };

export interface LeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
}

const leaderIdAndEpochStruct: Struct = { name: 'LeaderIdAndEpoch', fields: [
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
] };

export interface PartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  currentLeader: LeaderIdAndEpoch;
}

const partitionDataStruct: Struct = { name: 'PartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
  ['currentLeader', leaderIdAndEpochStruct, '0+'],
] };

export interface ShareAcknowledgeTopicResponse {
  topicId: string;
  partitions: PartitionData[];
}

const shareAcknowledgeTopicResponseStruct: Struct = { name: 'ShareAcknowledgeTopicResponse', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [partitionDataStruct], '0+'],
] };

export interface NodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

const nodeEndpointStruct: Struct = { name: 'NodeEndpoint', fields: [
  ['nodeId', 'int32', '0+'],
  ['host', 'string', '0+'],
  ['port', 'int32', '0+'],
  ['rack', 'string', '0+', { nullable: '0+', default: null }],
] };

export interface ShareAcknowledgeRequest {
  groupId: string | null;
  memberId: string | null;
  shareSessionEpoch: number;
  isRenewAck: boolean;
  topics: AcknowledgeTopic[];
}

export interface ShareAcknowledgeResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  acquisitionLockTimeoutMs: number;
  responses: ShareAcknowledgeTopicResponse[];
  nodeEndpoints: NodeEndpoint[];
}

export const shareAcknowledgeApi: Api<ShareAcknowledgeRequest, ShareAcknowledgeResponse> = defineApi(
  79, 'ShareAcknowledge', '1-2', '0+',
  [
    ['groupId', 'string', '0+', { nullable: '0+', default: null }],
    ['memberId', 'string', '0+', { nullable: '0+' }],
    ['shareSessionEpoch', 'int32', '0+'],
    ['isRenewAck', 'bool', '2+'],
    ['topics', [acknowledgeTopicStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
    ['acquisitionLockTimeoutMs', 'int32', '2+', { ignorable: true }],
    ['responses', [shareAcknowledgeTopicResponseStruct], '0+'],
    ['nodeEndpoints', [nodeEndpointStruct], '0+'],
  ],
);
