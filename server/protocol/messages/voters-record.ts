import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface Endpoint {
  name: string;
  host: string;
  port: number;
}

const endpointStruct: Struct = { name: 'Endpoint', fields: [
  ['name', 'string', '0+'],
  ['host', 'string', '0+'],
  ['port', 'uint16', '0+'],
] };

export interface KRaftVersionFeature {
  minSupportedVersion: number;
  maxSupportedVersion: number;
}

const kRaftVersionFeatureStruct: Struct = { name: 'KRaftVersionFeature', fields: [
  ['minSupportedVersion', 'int16', '0+'],
  ['maxSupportedVersion', 'int16', '0+'],
] };

export interface Voter {
  voterId: number;
  voterDirectoryId: string;
  endpoints: Endpoint[];
  kRaftVersionFeature: KRaftVersionFeature;
}

const voterStruct: Struct = { name: 'Voter', fields: [
  ['voterId', 'int32', '0+'],
  ['voterDirectoryId', 'uuid', '0+'],
  ['endpoints', [endpointStruct], '0+'],
  ['kRaftVersionFeature', kRaftVersionFeatureStruct, '0+'],
] };

export interface VotersRecord {
  version: number;
  voters: Voter[];
}

export const votersRecord: Message<VotersRecord> = defineMessage(
  'VotersRecord', '0', '0+',
  [
    ['version', 'int16', '0+'],
    ['voters', [voterStruct], '0+'],
  ],
);
