import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface ClassicProtocol {
  name: string;
  metadata: Buffer;
}

const classicProtocolStruct: Struct = { name: 'ClassicProtocol', fields: [
  ['name', 'string', '0+'],
  ['metadata', 'bytes', '0+'],
] };

export interface ClassicMemberMetadata {
  sessionTimeoutMs: number;
  supportedProtocols: ClassicProtocol[];
}

const classicMemberMetadataStruct: Struct = { name: 'ClassicMemberMetadata', fields: [
  ['sessionTimeoutMs', 'int32', '0+'],
  ['supportedProtocols', [classicProtocolStruct], '0+'],
] };

export interface ConsumerGroupMemberMetadataValue {
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  subscribedTopicRegex: string | null;
  rebalanceTimeoutMs: number;
  serverAssignor: string | null;
  classicMemberMetadata: ClassicMemberMetadata | null;
}

export const consumerGroupMemberMetadataValue: Message<ConsumerGroupMemberMetadataValue> = defineMessage(
  'ConsumerGroupMemberMetadataValue', '0', '0+',
  [
    ['instanceId', 'string', '0+', { nullable: '0+' }],
    ['rackId', 'string', '0+', { nullable: '0+' }],
    ['clientId', 'string', '0+'],
    ['clientHost', 'string', '0+'],
    ['subscribedTopicNames', ['string'], '0+'],
    ['subscribedTopicRegex', 'string', '0+', { nullable: '0+' }],
    ['rebalanceTimeoutMs', 'int32', '0+', { default: -1 }],
    ['serverAssignor', 'string', '0+', { nullable: '0+' }],
    ['classicMemberMetadata', classicMemberMetadataStruct, '0+', { nullable: '0+', tagged: '0+', tag: 0 }],
  ], 5,
);
