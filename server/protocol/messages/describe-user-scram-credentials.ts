import { type Api, defineApi, type Struct } from '../schema.ts';

export interface UserName {
  name: string;
}

const userNameStruct: Struct = { name: 'UserName', fields: [
  ['name', 'string', '0+'],
] };

export interface CredentialInfo {
  mechanism: number;
  iterations: number;
}

const credentialInfoStruct: Struct = { name: 'CredentialInfo', fields: [
  ['mechanism', 'int8', '0+'],
  ['iterations', 'int32', '0+'],
] };

export interface DescribeUserScramCredentialsResult {
  user: string;
  errorCode: number;
  errorMessage: string | null;
  credentialInfos: CredentialInfo[];
}

const describeUserScramCredentialsResultStruct: Struct = { name: 'DescribeUserScramCredentialsResult', fields: [
  ['user', 'string', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
  ['credentialInfos', [credentialInfoStruct], '0+'],
] };

export interface DescribeUserScramCredentialsRequest {
  users: UserName[] | null;
}

export interface DescribeUserScramCredentialsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  results: DescribeUserScramCredentialsResult[];
}

export const describeUserScramCredentialsApi: Api<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse> = defineApi(
  50, 'DescribeUserScramCredentials', '0', '0+',
  [
    ['users', [userNameStruct], '0+', { nullable: '0+' }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+' }],
    ['results', [describeUserScramCredentialsResultStruct], '0+'],
  ],
);
