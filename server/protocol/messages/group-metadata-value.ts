import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface MemberMetadata {
  memberId: string;
  groupInstanceId: string | null;
  clientId: string;
  clientHost: string;
  rebalanceTimeout: number;
  sessionTimeout: number;
  subscription: Buffer;
  assignment: Buffer;
}

const memberMetadataStruct: Struct = { name: 'MemberMetadata', fields: [
  ['memberId', 'string', '0+'],
  ['groupInstanceId', 'string', '3+', { nullable: '3+', default: null, ignorable: true }],
  ['clientId', 'string', '0+'],
  ['clientHost', 'string', '0+'],
  ['rebalanceTimeout', 'int32', '1+', { default: -1, ignorable: true }],
  ['sessionTimeout', 'int32', '0+'],
  ['subscription', 'bytes', '0+'],
  ['assignment', 'bytes', '0+'],
] };

export interface GroupMetadataValue {
  protocolType: string;
  generation: number;
  protocol: string | null;
  leader: string | null;
  currentStateTimestamp: bigint;
  members: MemberMetadata[];
}

export const groupMetadataValue: Message<GroupMetadataValue> = defineMessage(
  'GroupMetadataValue', '0-4', '4+',
  [
    ['protocolType', 'string', '0+'],
    ['generation', 'int32', '0+'],
    ['protocol', 'string', '0+', { nullable: '0+' }],
    ['leader', 'string', '0+', { nullable: '0+' }],
    ['currentStateTimestamp', 'int64', '2+', { default: -1n, ignorable: true }],
    ['members', [memberMetadataStruct], '0+'],
  ], 2,
);
