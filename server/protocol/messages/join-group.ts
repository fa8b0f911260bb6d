import { type Api, defineApi, type Struct } from '../schema.ts';

export interface JoinGroupRequestProtocol {
  name: string;
  metadata: Buffer;
}

const joinGroupRequestProtocolStruct: Struct = { name: 'JoinGroupRequestProtocol', fields: [
  ['name', 'string', '0+'],
  ['metadata', 'bytes', '0+'],
] };

export interface JoinGroupResponseMember {
  memberId: string;
  groupInstanceId: string | null;
  metadata: Buffer;
}

const joinGroupResponseMemberStruct: Struct = { name: 'JoinGroupResponseMember', fields: [
  ['memberId', 'string', '0+'],
  ['groupInstanceId', 'string', '5+', { nullable: '5+', default: null, ignorable: true }],
  ['metadata', 'bytes', '0+'],
] };

export interface JoinGroupRequest {
  groupId: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  memberId: string;
  groupInstanceId: string | null;
  protocolType: string;
  protocols: JoinGroupRequestProtocol[];
  reason: string | null;
}

export interface JoinGroupResponse {
  throttleTimeMs: number;
  errorCode: number;
  generationId: number;
  protocolType: string | null;
  protocolName: string | null;
  leader: string;
  skipAssignment: boolean;
  memberId: string;
  members: JoinGroupResponseMember[];
}

export const joinGroupApi: Api<JoinGroupRequest, JoinGroupResponse> = defineApi(
  11, 'JoinGroup', '0-9', '6+',
  [
    ['groupId', 'string', '0+'],
    ['sessionTimeoutMs', 'int32', '0+'],
    ['rebalanceTimeoutMs', 'int32', '1+', { default: -1, ignorable: true }],
    ['memberId', 'string', '0+'],
    ['groupInstanceId', 'string', '5+', { nullable: '5+', default: null }],
    ['protocolType', 'string', '0+'],
    ['protocols', [joinGroupRequestProtocolStruct], '0+'],
    ['reason', 'string', '8+', { nullable: '8+', default: null, ignorable: true }],
  ],
  [
    ['throttleTimeMs', 'int32', '2+', { ignorable: true }],
    ['errorCode', 'int16', '0+'],
    ['generationId', 'int32', '0+', { default: -1 }],
    ['protocolType', 'string', '7+', { nullable: '7+', default: null, ignorable: true }],
    ['protocolName', 'string', '0+', { nullable: '7+' }],
    ['leader', 'string', '0+'],
    ['skipAssignment', 'bool', '9+'],
    ['memberId', 'string', '0+'],
    ['members', [joinGroupResponseMemberStruct], '0+'],
  ],
);
