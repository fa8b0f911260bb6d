import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface BrokerEndpoint {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
}

const brokerEndpointStruct: Struct = { name: 'BrokerEndpoint', fields: [
  ['name', 'string', '0+'],
  ['host', 'string', '0+'],
  ['port', 'uint16', '0+'],
  ['securityProtocol', 'int16', '0+'],
] };

export interface BrokerFeature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
}

const brokerFeatureStruct: Struct = { name: 'BrokerFeature', fields: [
  ['name', 'string', '0+'],
  ['minSupportedVersion', 'int16', '0+'],
  ['maxSupportedVersion', 'int16', '0+'],
] };

export interface RegisterBrokerRecord {
  brokerId: number;
  isMigratingZkBroker: boolean;
  incarnationId: string;
  brokerEpoch: bigint;
  endPoints: BrokerEndpoint[];
  features: BrokerFeature[];
  rack: string | null;
  fenced: boolean;
  inControlledShutdown: boolean;
  logDirs: string[];
  cordonedLogDirs: string[] | null;
}

export const registerBrokerRecord: Message<RegisterBrokerRecord> = defineMessage(
  'RegisterBrokerRecord', '0-4', '0+',
  [
    ['brokerId', 'int32', '0+'],
    ['isMigratingZkBroker', 'bool', '2+'],
    ['incarnationId', 'uuid', '0+'],
    ['brokerEpoch', 'int64', '0+'],
    ['endPoints', [brokerEndpointStruct], '0+'],
    ['features', [brokerFeatureStruct], '0+'],
    ['rack', 'string', '0+', { nullable: '0+' }],
    ['fenced', 'bool', '0+', { default: true }],
    ['inControlledShutdown', 'bool', '1+'],
    ['logDirs', ['uuid'], '3+', { tagged: '3+', tag: 0 }],
    ['cordonedLogDirs', ['uuid'], '4+', { nullable: '4+', default: null, tagged: '4+', tag: 1 }],
  ], 0,
);
