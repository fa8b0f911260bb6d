import { ERROR } from '../../protocol/errors.ts';
import {
  type DescribeConfigsResource,
  describeConfigsApi,
} from '../../protocol/messages/describe-configs.ts';
import {
  type ResolvedConfig,
  resolveBrokerConfigs,
  resolveDefaultBrokerConfigs,
  resolveTopicConfigs,
} from '../config/resolve.ts';
import type { Outcome } from '../controller/outcome.ts';
import { problemWithTopicName } from '../controller/topic-name.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { CONFIG_RESOURCE, CONFIG_TYPE_CODE, UNKNOWN_CONFIG_TYPE_CODE } from './config-resources.ts';

/** DescribeConfigs 1–4. v1 sources and synonyms (KIP-226), v3 types and documentation (KIP-569). Secrets are never told. */
export const describeConfigs = handler(describeConfigsApi, { min: 1, max: 4 }, (request, context) => ({
  results: request.resources.map((resource) => {
    const { resourceType, resourceName, configurationKeys } = resource;
    const found = resolve(resource, context);
    if ('errorCode' in found) return { resourceType, resourceName, ...found };
    const wanted = new Set(configurationKeys ?? []);
    return {
      resourceType,
      resourceName,
      errorCode: ERROR.NONE,
      configs: found.configs
        .filter(({ name }) => wanted.size === 0 || wanted.has(name))
        .map((config) => entry(config, resourceType, request)),
    };
  }),
}));

function resolve(
  resource: DescribeConfigsResource,
  context: RequestContext,
): { configs: ResolvedConfig[] } | Outcome {
  const { cluster, broker } = context;
  const { resourceType, resourceName: name } = resource;
  switch (resourceType) {
    case CONFIG_RESOURCE.topic: {
      const problem = problemWithTopicName(name);
      if (problem !== null) return { errorCode: ERROR.INVALID_TOPIC_EXCEPTION, errorMessage: problem };
      if (cluster.image.topic(name) === undefined) {
        return { errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null };
      }
      return { configs: resolveTopicConfigs(cluster, broker, cluster.image.topicConfigs(name)) };
    }
    case CONFIG_RESOURCE.broker:
      if (name === '') return { configs: resolveDefaultBrokerConfigs(cluster) };
      return name === String(broker.id)
        ? { configs: resolveBrokerConfigs(cluster, broker) }
        : otherBroker(broker.id, name);
    case CONFIG_RESOURCE.brokerLogger:
      return name === String(broker.id) ? { configs: [] } : otherBroker(broker.id, name);
    case CONFIG_RESOURCE.clientMetrics:
    case CONFIG_RESOURCE.group:
      return { configs: [] };
    default:
      return { errorCode: ERROR.INVALID_REQUEST, errorMessage: `Unsupported resource type: ${resourceType}` };
  }
}

function otherBroker(id: number, name: string): Outcome {
  return {
    errorCode: ERROR.INVALID_REQUEST,
    errorMessage: `Unexpected broker id, expected ${id} or empty string, but received ${name}`,
  };
}

function entry(
  { name, definition, value, source, synonyms }: ResolvedConfig,
  resourceType: number,
  { includeSynonyms, includeDocumentation }: { includeSynonyms: boolean; includeDocumentation: boolean },
) {
  // What nobody knows may be a plug-in's password.
  const isSensitive = definition === null || definition.type === 'PASSWORD';
  const shown = (text: string | null) => (isSensitive ? null : text);
  return {
    name,
    value: shown(value),
    readOnly: resourceType === CONFIG_RESOURCE.broker && definition?.updateMode === 'read-only',
    configSource: source,
    isSensitive,
    synonyms: includeSynonyms ? synonyms.map((synonym) => ({ ...synonym, value: shown(synonym.value) })) : [],
    configType: definition === null ? UNKNOWN_CONFIG_TYPE_CODE : CONFIG_TYPE_CODE[definition.type],
    documentation: includeDocumentation ? (definition?.documentation ?? null) : null,
  };
}
