import { API_KEY } from '../../protocol/api-keys.ts';
import { ERROR } from '../../protocol/errors.ts';
import { encodeResponse } from '../../protocol/frame.ts';
import { apiVersionsApi } from '../../protocol/messages/api-versions.ts';
import { FEATURES } from '../controller/feature-names.ts';
import { type Handler, handler } from '../net/handler.ts';

/**
 * Kafka 4 serves Produce from v3 on, and yet tells v0: librdkafka compresses with gzip, snappy and lz4 only for brokers that
 * do (KAFKA-18659). No client uses the old versions.
 */
const OLDEST_PRODUCE_TOLD = 0;
/** Offered only by brokers that do something with what is pushed. */
const TELEMETRY: ReadonlySet<number> = new Set([API_KEY.GetTelemetrySubscriptions, API_KEY.PushTelemetry]);
/** Before, clients could not read of features that begin with 0 (KAFKA-17011): they are not told. */
const FIRST_VERSION_WITH_LEVEL_ZERO = 4;
/** KIP-511: what a client may call itself. */
const SOFTWARE_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/;

/** ApiVersions 0–4 (KIP-35): tells what is served, these handlers and itself. v3 features (KIP-584). */
export function apiVersions(others: readonly Handler[]): Handler {
  const versions = { min: 0, max: 4 };
  const apiKeys = [
    ...others.map(({ apiKey, minVersion, maxVersion }) => ({
      apiKey,
      minVersion: apiKey === API_KEY.Produce ? OLDEST_PRODUCE_TOLD : minVersion,
      maxVersion,
    })),
    { apiKey: apiVersionsApi.key, minVersion: versions.min, maxVersion: versions.max },
  ].sort((a, b) => a.apiKey - b.apiKey);
  const withoutTelemetry = apiKeys.filter(({ apiKey }) => !TELEMETRY.has(apiKey));
  const served = handler(apiVersionsApi, versions, (request, { cluster, connection, header, telemetry }) => {
    const isNamed =
      SOFTWARE_NAME.test(request.clientSoftwareName) && SOFTWARE_NAME.test(request.clientSoftwareVersion);
    if (header.apiVersion >= 3 && !isNamed) return { errorCode: ERROR.INVALID_REQUEST };
    telemetry.introduce(connection, request.clientSoftwareName, request.clientSoftwareVersion);
    return {
      errorCode: ERROR.NONE,
      apiKeys: telemetry.isWanted ? apiKeys : withoutTelemetry,
      supportedFeatures: FEATURES.filter(
        ({ min }) => min > 0 || header.apiVersion >= FIRST_VERSION_WITH_LEVEL_ZERO,
      ).map(({ name, min, max }) => ({ name, minVersion: min, maxVersion: max })),
      finalizedFeaturesEpoch: cluster.image.offset,
      finalizedFeatures: Array.from(cluster.image.features, ([name, level]) => ({
        name,
        minVersionLevel: level,
        maxVersionLevel: level,
      })),
    };
  });
  return {
    ...served,
    answerUnsupportedVersion: (correlationId) =>
      encodeResponse(apiVersionsApi, 0, correlationId, { errorCode: ERROR.UNSUPPORTED_VERSION, apiKeys }),
  };
}
