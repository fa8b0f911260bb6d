import { type Api, defineApi, type Struct } from '../schema.ts';

export interface PartitionProduceData {
  index: number;
  records: Buffer | null;
}

const partitionProduceDataStruct: Struct = { name: 'PartitionProduceData', fields: [
  ['index', 'int32', '0+'],
  ['records', 'records', '0+', { nullable: '0+' }],
] };

export interface TopicProduceData {
  name: string;
  topicId: string;
  partitionData: PartitionProduceData[];
}

const topicProduceDataStruct: Struct = { name: 'TopicProduceData', fields: [
  ['name', 'string', '0-12', { ignorable: true }],
  ['topicId', 'uuid', '13+', { ignorable: true }],
  ['partitionData', [partitionProduceDataStruct], '0+'],
] };

export interface BatchIndexAndErrorMessage {
  batchIndex: number;
  batchIndexErrorMessage: string | null;
}

const batchIndexAndErrorMessageStruct: Struct = { name: 'BatchIndexAndErrorMessage', fields: [
  ['batchIndex', 'int32', '8+'],
  ['batchIndexErrorMessage', 'string', '8+', { nullable: '8+', default: null }],
] };

export interface LeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
}

const leaderIdAndEpochStruct: Struct = { name: 'LeaderIdAndEpoch', fields: [
  ['leaderId', 'int32', '10+', { default: -1 }],
  ['leaderEpoch', 'int32', '10+', { default: -1 }],
] };

export interface PartitionProduceResponse {
  index: number;
  errorCode: number;
  baseOffset: bigint;
  logAppendTimeMs: bigint;
  logStartOffset: bigint;
  recordErrors: BatchIndexAndErrorMessage[];
  errorMessage: string | null;
  currentLeader: LeaderIdAndEpoch;
}

const partitionProduceResponseStruct: Struct = { name: 'PartitionProduceResponse', fields: [
  ['index', 'int32', '0+'],
  ['errorCode', 'int16', '0+'],
  ['baseOffset', 'int64', '0+'],
  ['logAppendTimeMs', 'int64', '2+', { default: -1n, ignorable: true }],
  ['logStartOffset', 'int64', '5+', { default: -1n, ignorable: true }],
  ['recordErrors', [batchIndexAndErrorMessageStruct], '8+', { ignorable: true }],
  ['errorMessage', 'string', '8+', { nullable: '8+', default: null, ignorable: true }],
  ['currentLeader', leaderIdAndEpochStruct, '10+', { tagged: '10+', tag: 0 }],
] };

export interface TopicProduceResponse {
  name: string;
  topicId: string;
  partitionResponses: PartitionProduceResponse[];
}

const topicProduceResponseStruct: Struct = { name: 'TopicProduceResponse', fields: [
  ['name', 'string', '0-12', { ignorable: true }],
  ['topicId', 'uuid', '13+', { ignorable: true }],
  ['partitionResponses', [partitionProduceResponseStruct], '0+'],
] };

export interface NodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

const nodeEndpointStruct: Struct = { name: 'NodeEndpoint', fields: [
  ['nodeId', 'int32', '10+'],
  ['host', 'string', '10+'],
  ['port', 'int32', '10+'],
  ['rack', 'string', '10+', { nullable: '10+', default: null }],
] };

export interface ProduceRequest {
  transactionalId: string | null;
  acks: number;
  timeoutMs: number;
  topicData: TopicProduceData[];
}

export interface ProduceResponse {
  responses: TopicProduceResponse[];
  throttleTimeMs: number;
  nodeEndpoints: NodeEndpoint[];
}

export const produceApi: Api<ProduceRequest, ProduceResponse> = defineApi(
  0, 'Produce', '3-13', '9+',
  [
    ['transactionalId', 'string', '3+', { nullable: '3+', default: null }],
    ['acks', 'int16', '0+'],
    ['timeoutMs', 'int32', '0+'],
    ['topicData', [topicProduceDataStruct], '0+'],
  ],
  [
    ['responses', [topicProduceResponseStruct], '0+'],
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['nodeEndpoints', [nodeEndpointStruct], '10+', { tagged: '10+', tag: 0 }],
  ],
);
