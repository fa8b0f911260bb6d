import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DescribeClusterBroker {
  brokerId: number;
  host: string;
  port: number;
  rack: string | null;
  isFenced: boolean;
}

const describeClusterBrokerStruct: Struct = { name: 'DescribeClusterBroker', fields: [
  ['brokerId', 'int32', '0+'],
  ['host', 'string', '0+'],
  ['port', 'int32', '0+'],
  ['rack', 'string', '0+', { nullable: '0+', default: null }],
  ['isFenced', 'bool', '2+'],
] };

export interface DescribeClusterRequest {
  includeClusterAuthorizedOperations: boolean;
  endpointType: number;
  includeFencedBrokers: boolean;
}

export interface DescribeClusterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  endpointType: number;
  clusterId: string;
  controllerId: number;
  brokers: DescribeClusterBroker[];
  clusterAuthorizedOperations: number;
}

export const describeClusterApi: Api<DescribeClusterRequest, DescribeClusterResponse> = defineApi(
  60, 'DescribeCluster', '0-2', '0+',
  [
    ['includeClusterAuthorizedOperations', 'bool', '0+'],
    ['endpointType', 'int8', '1+', { default: 1 }],
    ['includeFencedBrokers', 'bool', '2+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+', default: null }],
    ['endpointType', 'int8', '1+', { default: 1 }],
    ['clusterId', 'string', '0+'],
    ['controllerId', 'int32', '0+', { default: -1 }],
    ['brokers', [describeClusterBrokerStruct], '0+'],
    ['clusterAuthorizedOperations', 'int32', '0+', { default: -2147483648 }],
  ],
);
