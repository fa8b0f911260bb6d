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

export interface AddRaftVoterRequest {
  clusterId: string | null;
  timeoutMs: number;
  voterId: number;
  voterDirectoryId: string;
  listeners: Listener[];
  ackWhenCommitted: boolean;
}

export interface AddRaftVoterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
}

export const addRaftVoterApi: Api<AddRaftVoterRequest, AddRaftVoterResponse> = defineApi(
  80, 'AddRaftVoter', '0-1', '0+',
  [
    ['clusterId', 'string', '0+', { nullable: '0+' }],
    ['timeoutMs', 'int32', '0+'],
    ['voterId', 'int32', '0+'],
    ['voterDirectoryId', 'uuid', '0+'],
    ['listeners', [listenerStruct], '0+'],
    ['ackWhenCommitted', 'bool', '1+', { default: true }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+', ignorable: true }],
  ],
);
