import { type Api, defineApi, type Struct } from '../schema.ts';

export interface MemberIdentity {
  memberId: string;
  groupInstanceId: string | null;
  reason: string | null;
}

const memberIdentityStruct: Struct = { name: 'MemberIdentity', fields: [
  ['memberId', 'string', '3+'],
  ['groupInstanceId', 'string', '3+', { nullable: '3+', default: null }],
  ['reason', 'string', '5+', { nullable: '5+', default: null, ignorable: true }],
] };

export interface MemberResponse {
  memberId: string;
  groupInstanceId: string | null;
  errorCode: number;
}

const memberResponseStruct: Struct = { name: 'MemberResponse', fields: [
  ['memberId', 'string', '3+'],
  ['groupInstanceId', 'string', '3+', { nullable: '3+' }],
  ['errorCode', 'int16', '3+'],
] };

export interface LeaveGroupRequest {
  groupId: string;
  memberId: string;
  members: MemberIdentity[];
}

export interface LeaveGroupResponse {
  throttleTimeMs: number;
  errorCode: number;
  members: MemberResponse[];
}

export const leaveGroupApi: Api<LeaveGroupRequest, LeaveGroupResponse> = defineApi(
  13, 'LeaveGroup', '0-5', '4+',
  [
    ['groupId', 'string', '0+'],
    ['memberId', 'string', '0-2'],
    ['members', [memberIdentityStruct], '3+'],
  ],
  [
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['errorCode', 'int16', '0+'],
    ['members', [memberResponseStruct], '3+'],
  ],
);
