import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface Endpoint {
  host: string;
  port: number;
}

const endpointStruct: Struct = { name: 'Endpoint', fields: [
  ['host', 'string', '0+'],
  ['port', 'uint16', '0+'],
] };

export interface KeyValue {
  key: string;
  value: string;
}

const keyValueStruct: Struct = { name: 'KeyValue', fields: [
  ['key', 'string', '0+'],
  ['value', 'string', '0+'],
] };

export interface StreamsGroupMemberMetadataValue {
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  rebalanceTimeoutMs: number;
  topologyEpoch: number;
  processId: string;
  userEndpoint: Endpoint | null;
  clientTags: KeyValue[];
}

export const streamsGroupMemberMetadataValue: Message<StreamsGroupMemberMetadataValue> = defineMessage(
  'StreamsGroupMemberMetadataValue', '0', '0+',
  [
    ['instanceId', 'string', '0+', { nullable: '0+' }],
    ['rackId', 'string', '0+', { nullable: '0+' }],
    ['clientId', 'string', '0+'],
    ['clientHost', 'string', '0+'],
    ['rebalanceTimeoutMs', 'int32', '0+', { default: -1 }],
    ['topologyEpoch', 'int32', '0+'],
    ['processId', 'string', '0+'],
    ['userEndpoint', endpointStruct, '0+', { nullable: '0+', default: null }],
    ['clientTags', [keyValueStruct], '0+'],
  ], 19,
);
