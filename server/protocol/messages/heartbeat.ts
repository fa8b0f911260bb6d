import { type Api, defineApi } from '../schema.ts';

export interface HeartbeatRequest {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
}

export interface HeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
}

export const heartbeatApi: Api<HeartbeatRequest, HeartbeatResponse> = defineApi(
  12, 'Heartbeat', '0-4', '4+',
  [
    ['groupId', 'string', '0+'],
    ['generationId', 'int32', '0+'],
    ['memberId', 'string', '0+'],
    ['groupInstanceId', 'string', '3+', { nullable: '3+', default: null }],
  ],
  [
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['errorCode', 'int16', '0+'],
  ],
);
