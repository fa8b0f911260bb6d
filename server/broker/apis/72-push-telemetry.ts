import { pushTelemetryApi } from '../../protocol/messages/push-telemetry.ts';
import { handler } from '../net/handler.ts';

/** PushTelemetry 0 (KIP-714): the metrics that the client was asked for, as OpenTelemetry writes them. */
export const pushTelemetry = handler(
  pushTelemetryApi,
  { min: 0, max: 0 },
  (request, { connection, header, telemetry }) => ({
    errorCode: telemetry.push(
      { connection, clientId: header.clientId ?? '' },
      {
        instanceId: request.clientInstanceId,
        subscriptionId: request.subscriptionId,
        terminating: request.terminating,
        compression: request.compressionType,
        bytes: request.metrics.length,
      },
    ),
  }),
);
