import { type Api, defineApi, type Struct } from '../schema.ts';

export interface Listener {
  name: string;
  host: string;
  port: number;
}

const listenerStruct: Struct = { name: 'Listener', fields: [
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

export interface CurrentLeader {
  leaderId: number;
  leaderEpoch: number;
  host: string;
  port: number;
}

const currentLeaderStruct: Struct = { name: 'CurrentLeader', fields: [
  ['leaderId', 'int32', '0+', { default: -1 }],
  ['leaderEpoch', 'int32', '0+', { default: -1 }],
  ['host', 'string', '0+'],
  ['port', 'int32', '0+'],
] };

export interface UpdateRaftVoterRequest {
  clusterId: string | null;
  currentLeaderEpoch: number;
  voterId: number;
  voterDirectoryId: string;
  listeners: Listener[];
  kRaftVersionFeature: KRaftVersionFeature;
}

export interface UpdateRaftVoterResponse {
  throttleTimeMs: number;
  errorCode: number;
  currentLeader: CurrentLeader;
}

export const updateRaftVoterApi: Api<UpdateRaftVoterRequest, UpdateRaftVoterResponse> = defineApi(
  82, 'UpdateRaftVoter', '0', '0+',
  [
    ['clusterId', 'string', '0+', { nullable: '0+' }],
    ['currentLeaderEpoch', 'int32', '0+'],
    ['voterId', 'int32', '0+'],
    ['voterDirectoryId', 'uuid', '0+'],
    ['listeners', [listenerStruct], '0+'],
    ['kRaftVersionFeature', kRaftVersionFeatureStruct, '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['currentLeader', currentLeaderStruct, '0+', { tagged: '0+', tag: 0 }],
  ],
);
