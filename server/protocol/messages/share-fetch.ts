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

export interface FetchPartition {
  partitionIndex: number;
  partitionMaxBytes: number;
  acknowledgementBatches: AcknowledgementBatch[];
}

const fetchPartitionStruct: Struct = { name: 'FetchPartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['partitionMaxBytes', 'int32', '0'],
  ['acknowledgementBatches', [acknowledgementBatchStruct], '0+'],
] };

export interface FetchTopic {
  topicId: string;
  partitions: FetchPartition[];
}

const fetchTopicStruct: Struct = { name: 'FetchTopic', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', [fetchPartitionStruct], '0+'],
] };

export interface ForgottenTopic {
  topicId: string;
  partitions: number[];
}

const forgottenTopicStruct: Struct = { name: 'ForgottenTopic', fields: [
  ['topicId', 'uuid', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface LeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
}

const leaderIdAndEpochStruct: Struct = { name: 'LeaderIdAndEpoch', fields: [
  ['leaderId', 'int32', '0+'],
  ['leaderEpoch', 'int32', '0+'],
] };

export interface AcquiredRecords {
  firstOffset: bigint;
  lastOffset: bigint;
  deliveryCount: number;
}

const acquiredRecordsStruct: Struct = { name: 'AcquiredRecords', fields: [
  ['firstOffset', 'int64', '0+'],
  ['lastOffset', 'int64', '0+'],
  ['deliveryCount', 'int16', '0+'],
] };

export interface PartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  acknowledgeErrorCode: number;
  acknowledgeErrorMessage: string | null;
  currentLeader: LeaderIdAndEpoch;
  records: Buffer | null;
  acquiredRecords: AcquiredRecords[];
}

const partitionDataStruct: Struct = { name: 'PartitionData', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
  ['acknowledgeErrorCode', 'int16', '0+'],
  ['acknowledgeErrorMessage', 'string', '0+', { nullable: '0+', default: null }],
  ['currentLeader', leaderIdAndEpochStruct, '0+'],
  ['records', 'records', '0+', { nullable: '0' }],
  ['acquiredRecords', [acquiredRecordsStruct], '0+'],
] };

export interface ShareFetchableTopicResponse {
  topicId: string;
  partitions: PartitionData[];
}

const shareFetchableTopicResponseStruct: Struct = { name: 'ShareFetchableTopicResponse', fields: [
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

export interface ShareFetchRequest {
  groupId: string | null;
  memberId: string | null;
  shareSessionEpoch: number;
  maxWaitMs: number;
  minBytes: number;
  maxBytes: number;
  maxRecords: number;
  batchSize: number;
  shareAcquireMode: number;
  isRenewAck: boolean;
  topics: FetchTopic[];
  forgottenTopicsData: ForgottenTopic[];
}

export interface ShareFetchResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  acquisitionLockTimeoutMs: number;
  responses: ShareFetchableTopicResponse[];
  nodeEndpoints: NodeEndpoint[];
}

export const shareFetchApi: Api<ShareFetchRequest, ShareFetchResponse> = defineApi(
  78, 'ShareFetch', '1-2', '0+',
  [
    ['groupId', 'string', '0+', { nullable: '0+', default: null }],
    ['memberId', 'string', '0+', { nullable: '0+' }],
    ['shareSessionEpoch', 'int32', '0+'],
    ['maxWaitMs', 'int32', '0+'],
    ['minBytes', 'int32', '0+'],
    ['maxBytes', 'int32', '0+', { default: 2147483647 }],
    ['maxRecords', 'int32', '1+'],
    ['batchSize', 'int32', '1+'],
    ['shareAcquireMode', 'int8', '2+', { ignorable: true }],
    ['isRenewAck', 'bool', '2+'],
    ['topics', [fetchTopicStruct], '0+'],
    ['forgottenTopicsData', [forgottenTopicStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
    ['acquisitionLockTimeoutMs', 'int32', '1+'],
    ['responses', [shareFetchableTopicResponseStruct], '0+'],
    ['nodeEndpoints', [nodeEndpointStruct], '0+'],
  ],
);
