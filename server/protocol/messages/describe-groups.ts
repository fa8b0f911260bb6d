import { type Api, defineApi, type Struct } from '../schema.ts';

export interface DescribedGroupMember {
  memberId: string;
  groupInstanceId: string | null;
  clientId: string;
  clientHost: string;
  memberMetadata: Buffer;
  memberAssignment: Buffer;
}

const describedGroupMemberStruct: Struct = { name: 'DescribedGroupMember', fields: [
  ['memberId', 'string', '0+'],
  ['groupInstanceId', 'string', '4+', { nullable: '4+', default: null, ignorable: true }],
  ['clientId', 'string', '0+'],
  ['clientHost', 'string', '0+'],
  ['memberMetadata', 'bytes', '0+'],
  ['memberAssignment', 'bytes', '0+'],
] };

export interface DescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  protocolType: string;
  protocolData: string;
  members: DescribedGroupMember[];
  authorizedOperations: number;
}

const describedGroupStruct: Struct = { name: 'DescribedGroup', fields: [
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '6+', { nullable: '6+', default: null }],
  ['groupId', 'string', '0+'],
  ['groupState', 'string', '0+'],
  ['protocolType', 'string', '0+'],
  ['protocolData', 'string', '0+'],
  ['members', [describedGroupMemberStruct], '0+'],
  ['authorizedOperations', 'int32', '3+', { default: -2147483648 }],
] };

export interface DescribeGroupsRequest {
  groups: string[];
  includeAuthorizedOperations: boolean;
}

export interface DescribeGroupsResponse {
  throttleTimeMs: number;
  groups: DescribedGroup[];
}

export const describeGroupsApi: Api<DescribeGroupsRequest, DescribeGroupsResponse> = defineApi(
  15, 'DescribeGroups', '0-6', '5+',
  [
    ['groups', ['string'], '0+'],
    ['includeAuthorizedOperations', 'bool', '3+'],
  ],
  [
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['groups', [describedGroupStruct], '0+'],
  ],
);
