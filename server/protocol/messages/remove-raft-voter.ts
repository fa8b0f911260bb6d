import { type Api, defineApi } from '../schema.ts';

export interface RemoveRaftVoterRequest {
  clusterId: string | null;
  voterId: number;
  voterDirectoryId: string;
}

export interface RemoveRaftVoterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
}

export const removeRaftVoterApi: Api<RemoveRaftVoterRequest, RemoveRaftVoterResponse> = defineApi(
  81, 'RemoveRaftVoter', '0', '0+',
  [
    ['clusterId', 'string', '0+', { nullable: '0+' }],
    ['voterId', 'int32', '0+'],
    ['voterDirectoryId', 'uuid', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+', ignorable: true }],
  ],
);
