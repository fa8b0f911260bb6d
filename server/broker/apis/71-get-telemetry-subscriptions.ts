import { ERROR } from '../../protocol/errors.ts';
import { getTelemetrySubscriptionsApi } from '../../protocol/messages/get-telemetry-subscriptions.ts';
import { configNumber } from '../config/resolve.ts';
import { handler } from '../net/handler.ts';
import { ACCEPTED_COMPRESSION } from '../telemetry/client-telemetry.ts';

/** GetTelemetrySubscriptions 0 (KIP-714): which metrics the client is to push, and how often. */
export const getTelemetrySubscriptions = handler(
  getTelemetrySubscriptionsApi,
  { min: 0, max: 0 },
  ({ clientInstanceId }, { broker, connection, header, telemetry }) => {
    const client = { connection, clientId: header.clientId ?? '' };
    const asked = telemetry.subscribe(client, clientInstanceId);
    if ('errorCode' in asked) return { errorCode: asked.errorCode, clientInstanceId };
    const { id, intervalMs, metrics } = asked.subscription;
    return {
      errorCode: ERROR.NONE,
      clientInstanceId: asked.instanceId,
      subscriptionId: id,
      acceptedCompressionTypes: ACCEPTED_COMPRESSION,
      pushIntervalMs: intervalMs,
      telemetryMaxBytes: configNumber(broker, 'telemetry.max.bytes'),
      deltaTemporality: true,
      // An empty name stands for all of them.
      requestedMetrics: metrics.map((metric) => (metric === '*' ? '' : metric)),
    };
  },
);
