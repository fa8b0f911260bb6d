import { API_KEY } from '../../protocol/api-keys.ts';
import { ERROR } from '../../protocol/errors.ts';
import { encodeResponse } from '../../protocol/frame.ts';
import { apiVersionsApi } from '../../protocol/messages/api-versions.ts';
import { type Handler, handler } from '../net/handler.ts';

/** `metadata.version` 4.3-IV0, and the oldest that Kafka 4.3 understands (3.3-IV3). */
const METADATA_VERSION = { name: 'metadata.version', level: 30, oldest: 7 };
/**
 * Kafka 4 serves Produce from v3 on, and yet tells v0: librdkafka compresses with gzip, snappy and lz4 only for brokers that
 * do (KAFKA-18659). No client uses the old versions.
 */
const OLDEST_PRODUCE_TOLD = 0;
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
  const { name, level, oldest } = METADATA_VERSION;
  const served = handler(apiVersionsApi, versions, (request, { cluster, header }) => {
    const isNamed =
      SOFTWARE_NAME.test(request.clientSoftwareName) && SOFTWARE_NAME.test(request.clientSoftwareVersion);
    if (header.apiVersion >= 3 && !isNamed) return { errorCode: ERROR.INVALID_REQUEST };
    return {
      errorCode: ERROR.NONE,
      apiKeys,
      supportedFeatures: [{ name, minVersion: oldest, maxVersion: level }],
      finalizedFeaturesEpoch: cluster.image.offset,
      finalizedFeatures: [{ name, minVersionLevel: level, maxVersionLevel: level }],
    };
  });
  return {
    ...served,
    answerUnsupportedVersion: (correlationId) =>
      encodeResponse(apiVersionsApi, 0, correlationId, { errorCode: ERROR.UNSUPPORTED_VERSION, apiKeys }),
  };
}
