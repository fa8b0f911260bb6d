import { type Api, defineApi } from '../schema.ts';

export interface BrokerHeartbeatRequest {
  brokerId: number;
  brokerEpoch: bigint;
  currentMetadataOffset: bigint;
  wantFence: boolean;
  wantShutDown: boolean;
  offlineLogDirs: string[];
  cordonedLogDirs: string[] | null;
}

export interface BrokerHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  isCaughtUp: boolean;
  isFenced: boolean;
  shouldShutDown: boolean;
}

export const brokerHeartbeatApi: Api<BrokerHeartbeatRequest, BrokerHeartbeatResponse> = defineApi(
  63, 'BrokerHeartbeat', '0-2', '0+',
  [
    ['brokerId', 'int32', '0+'],
    ['brokerEpoch', 'int64', '0+', { default: -1n }],
    ['currentMetadataOffset', 'int64', '0+'],
    ['wantFence', 'bool', '0+'],
    ['wantShutDown', 'bool', '0+'],
    ['offlineLogDirs', ['uuid'], '1+', { tagged: '1+', tag: 0 }],
    ['cordonedLogDirs', ['uuid'], '2+', { nullable: '2+', default: null, tagged: '2+', tag: 1 }],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['isCaughtUp', 'bool', '0+'],
    ['isFenced', 'bool', '0+', { default: true }],
    ['shouldShutDown', 'bool', '0+'],
  ],
);
