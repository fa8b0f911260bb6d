import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface LastAssignmentConfig {
  key: string;
  value: string;
}

const lastAssignmentConfigStruct: Struct = { name: 'LastAssignmentConfig', fields: [
  ['key', 'string', '0+'],
  ['value', 'string', '0+'],
] };

export interface StreamsGroupMetadataValue {
  epoch: number;
  metadataHash: bigint;
  validatedTopologyEpoch: number;
  lastAssignmentConfigs: LastAssignmentConfig[] | null;
}

export const streamsGroupMetadataValue: Message<StreamsGroupMetadataValue> = defineMessage(
  'StreamsGroupMetadataValue', '0', '0+',
  [
    ['epoch', 'int32', '0+'],
    ['metadataHash', 'int64', '0+'],
    ['validatedTopologyEpoch', 'int32', '0+', { default: -1, tagged: '0+', tag: 0 }],
    ['lastAssignmentConfigs', [lastAssignmentConfigStruct], '0+', { nullable: '0+', tagged: '0+', tag: 1 }],
  ], 17,
);
