import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DescribableLogDirTopic {
  topic: string;
  partitions: number[];
}

const describableLogDirTopicStruct: Struct = { name: 'DescribableLogDirTopic', fields: [
  ['topic', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface DescribeLogDirsPartition {
  partitionIndex: number;
  partitionSize: bigint;
  offsetLag: bigint;
  isFutureKey: boolean;
}

const describeLogDirsPartitionStruct: Struct = { name: 'DescribeLogDirsPartition', fields: [
  ['partitionIndex', 'int32', '0+'],
  ['partitionSize', 'int64', '0+'],
  ['offsetLag', 'int64', '0+'],
  ['isFutureKey', 'bool', '0+'],
] };

export interface DescribeLogDirsTopic {
  name: string;
  partitions: DescribeLogDirsPartition[];
}

const describeLogDirsTopicStruct: Struct = { name: 'DescribeLogDirsTopic', fields: [
  ['name', 'string', '0+'],
  ['partitions', [describeLogDirsPartitionStruct], '0+'],
] };

export interface DescribeLogDirsResult {
  errorCode: number;
  logDir: string;
  topics: DescribeLogDirsTopic[];
  totalBytes: bigint;
  usableBytes: bigint;
  isCordoned: boolean;
}

const describeLogDirsResultStruct: Struct = { name: 'DescribeLogDirsResult', fields: [
  ['errorCode', 'int16', '0+'],
  ['logDir', 'string', '0+'],
  ['topics', [describeLogDirsTopicStruct], '0+'],
  ['totalBytes', 'int64', '4+', { default: -1n, ignorable: true }],
  ['usableBytes', 'int64', '4+', { default: -1n, ignorable: true }],
  ['isCordoned', 'bool', '5+', { ignorable: true }],
] };

export interface DescribeLogDirsRequest {
  topics: DescribableLogDirTopic[] | null;
}

export interface DescribeLogDirsResponse {
  throttleTimeMs: number;
  errorCode: number;
  results: DescribeLogDirsResult[];
}

export const describeLogDirsApi: Api<DescribeLogDirsRequest, DescribeLogDirsResponse> = defineApi(
  35, 'DescribeLogDirs', '1-5', '2+',
  [
    ['topics', [describableLogDirTopicStruct], '0+', { nullable: '0+' }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '3+', { ignorable: true }],
    ['results', [describeLogDirsResultStruct], '0+'],
  ],
);
