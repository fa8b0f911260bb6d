import { type Api, defineApi } from '../schema.ts';

export interface GetTelemetrySubscriptionsRequest {
  clientInstanceId: string;
}

export interface GetTelemetrySubscriptionsResponse {
  throttleTimeMs: number;
  errorCode: number;
  clientInstanceId: string;
  subscriptionId: number;
  acceptedCompressionTypes: number[];
  pushIntervalMs: number;
  telemetryMaxBytes: number;
  deltaTemporality: boolean;
  requestedMetrics: string[];
}

export const getTelemetrySubscriptionsApi: Api<GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsResponse> = defineApi(
  71, 'GetTelemetrySubscriptions', '0', '0+',
  [
    ['clientInstanceId', 'uuid', '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['clientInstanceId', 'uuid', '0+'],
    ['subscriptionId', 'int32', '0+'],
    ['acceptedCompressionTypes', ['int8'], '0+'],
    ['pushIntervalMs', 'int32', '0+'],
    ['telemetryMaxBytes', 'int32', '0+'],
    ['deltaTemporality', 'bool', '0+'],
    ['requestedMetrics', ['string'], '0+'],
  ],
);
