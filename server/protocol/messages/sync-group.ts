import { type Api, defineApi, type Struct } from '../schema.ts';

export interface SyncGroupRequestAssignment {
  memberId: string;
  assignment: Buffer;
}

const syncGroupRequestAssignmentStruct: Struct = { name: 'SyncGroupRequestAssignment', fields: [
  ['memberId', 'string', '0+'],
  ['assignment', 'bytes', '0+'],
] };

export interface SyncGroupRequest {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
  protocolType: string | null;
  protocolName: string | null;
  assignments: SyncGroupRequestAssignment[];
}

export interface SyncGroupResponse {
  throttleTimeMs: number;
  errorCode: number;
  protocolType: string | null;
  protocolName: string | null;
  assignment: Buffer;
}

export const syncGroupApi: Api<SyncGroupRequest, SyncGroupResponse> = defineApi(
  14, 'SyncGroup', '0-5', '4+',
  [
    ['groupId', 'string', '0+'],
    ['generationId', 'int32', '0+'],
    ['memberId', 'string', '0+'],
    ['groupInstanceId', 'string', '3+', { nullable: '3+', default: null }],
    ['protocolType', 'string', '5+', { nullable: '5+', default: null, ignorable: true }],
    ['protocolName', 'string', '5+', { nullable: '5+', default: null, ignorable: true }],
    ['assignments', [syncGroupRequestAssignmentStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['errorCode', 'int16', '0+'],
    ['protocolType', 'string', '5+', { nullable: '5+', default: null, ignorable: true }],
    ['protocolName', 'string', '5+', { nullable: '5+', default: null, ignorable: true }],
    ['assignment', 'bytes', '0+'],
  ],
);
