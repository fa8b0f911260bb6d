import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ScramCredentialDeletion {
  name: string;
  mechanism: number;
}

const scramCredentialDeletionStruct: Struct = { name: 'ScramCredentialDeletion', fields: [
  ['name', 'string', '0+'],
  ['mechanism', 'int8', '0+'],
] };

export interface ScramCredentialUpsertion {
  name: string;
  mechanism: number;
  iterations: number;
  salt: Buffer;
  saltedPassword: Buffer;
}

const scramCredentialUpsertionStruct: Struct = { name: 'ScramCredentialUpsertion', fields: [
  ['name', 'string', '0+'],
  ['mechanism', 'int8', '0+'],
  ['iterations', 'int32', '0+'],
  ['salt', 'bytes', '0+'],
  ['saltedPassword', 'bytes', '0+'],
] };

export interface AlterUserScramCredentialsResult {
  user: string;
  errorCode: number;
  errorMessage: string | null;
}

const alterUserScramCredentialsResultStruct: Struct = { name: 'AlterUserScramCredentialsResult', fields: [
  ['user', 'string', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
] };

export interface AlterUserScramCredentialsRequest {
  deletions: ScramCredentialDeletion[];
  upsertions: ScramCredentialUpsertion[];
}

export interface AlterUserScramCredentialsResponse {
  throttleTimeMs: number;
  results: AlterUserScramCredentialsResult[];
}

export const alterUserScramCredentialsApi: Api<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse> = defineApi(
  51, 'AlterUserScramCredentials', '0', '0+',
  [
    ['deletions', [scramCredentialDeletionStruct], '0+'],
    ['upsertions', [scramCredentialUpsertionStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['results', [alterUserScramCredentialsResultStruct], '0+'],
  ],
);
