import { type Api, defineApi, type Struct } from '../schema.ts';

export interface Listener {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
}

const listenerStruct: Struct = { name: 'Listener', fields: [
  ['name', 'string', '0+'],
  ['host', 'string', '0+'],
  ['port', 'uint16', '0+'],
  ['securityProtocol', 'int16', '0+'],
] };

export interface Feature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
}

const featureStruct: Struct = { name: 'Feature', fields: [
  ['name', 'string', '0+'],
  ['minSupportedVersion', 'int16', '0+'],
  ['maxSupportedVersion', 'int16', '0+'],
] };

export interface BrokerRegistrationRequest {
  brokerId: number;
  clusterId: string;
  incarnationId: string;
  listeners: Listener[];
  features: Feature[];
  rack: string | null;
  isMigratingZkBroker: boolean;
  logDirs: string[];
  previousBrokerEpoch: bigint;
}

export interface BrokerRegistrationResponse {
  throttleTimeMs: number;
  errorCode: number;
  brokerEpoch: bigint;
}

export const brokerRegistrationApi: Api<BrokerRegistrationRequest, BrokerRegistrationResponse> = defineApi(
  62, 'BrokerRegistration', '0-4', '0+',
  [
    ['brokerId', 'int32', '0+'],
    ['clusterId', 'string', '0+'],
    ['incarnationId', 'uuid', '0+'],
    ['listeners', [listenerStruct], '0+'],
    ['features', [featureStruct], '0+'],
    ['rack', 'string', '0+', { nullable: '0+' }],
    ['isMigratingZkBroker', 'bool', '1+'],
    ['logDirs', ['uuid'], '2+', { ignorable: true }],
    ['previousBrokerEpoch', 'int64', '3+', { default: -1n, ignorable: true }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['brokerEpoch', 'int64', '0+', { default: -1n }],
  ],
);
