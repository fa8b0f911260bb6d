import { type Api, defineApi } from '../schema.ts';

export interface PushTelemetryRequest {
  clientInstanceId: string;
  subscriptionId: number;
  terminating: boolean;
  compressionType: number;
  metrics: Buffer;
}

export interface PushTelemetryResponse {
  throttleTimeMs: number;
  errorCode: number;
}

export const pushTelemetryApi: Api<PushTelemetryRequest, PushTelemetryResponse> = defineApi(
  72, 'PushTelemetry', '0', '0+',
  [
    ['clientInstanceId', 'uuid', '0+'],
    ['subscriptionId', 'int32', '0+'],
    ['terminating', 'bool', '0+'],
    ['compressionType', 'int8', '0+'],
    ['metrics', 'bytes', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
  ],
);
