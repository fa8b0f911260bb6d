import { ERROR } from '../../protocol/errors.ts';
import {
  type DescribeConfigsResource,
  type DescribeConfigsResourceResult,
  describeConfigsApi,
} from '../../protocol/messages/describe-configs.ts';
import type { Input } from '../../protocol/schema.ts';
import {
  type ResolvedConfig,
  resolveBrokerConfigs,
  resolveClientMetricsConfigs,
  resolveDefaultBrokerConfigs,
  resolveGroupConfigs,
  TopicConfigs,
} from '../config/resolve.ts';
import { type Outcome, refused } from '../controller/outcome.ts';
import { problemWithTopicName } from '../controller/topic-name.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { resolveLoggers } from './broker-loggers.ts';
import {
  CONFIG_RESOURCE,
  CONFIG_TYPE_CODE,
  configRefusal,
  UNKNOWN_CONFIG_TYPE_CODE,
} from './config-resources.ts';

type Entry = Input<DescribeConfigsResourceResult>;

/** DescribeConfigs 1–4. v1 sources and synonyms (KIP-226), v3 types and documentation (KIP-569). Secrets are never told. */
export const describeConfigs = handler(describeConfigsApi, { min: 1, max: 4 }, (request, context) => {
  const topicConfigs = new TopicConfigs(context.cluster, context.broker);
  // Thousands of topics inherit the same: each such entry is made once.
  const entries = new Map<ResolvedConfig, Entry>();
  const entryOf = (config: ResolvedConfig, resourceType: number) => {
    let known = entries.get(config);
    if (known === undefined) {
      known = entry(config, resourceType, request);
      entries.set(config, known);
    }
    return known;
  };
  return {
    results: request.resources.map((resource) => {
      const { resourceType, resourceName, configurationKeys } = resource;
      const found =
        configRefusal(context, 'describeConfigs', resourceType, resourceName) ??
        resolve(resource, topicConfigs, context);
      if ('errorCode' in found) return { resourceType, resourceName, ...found };
      const wanted = new Set(configurationKeys ?? []);
      const configs =
        wanted.size === 0 ? found.configs : found.configs.filter(({ name }) => wanted.has(name));
      return {
        resourceType,
        resourceName,
        errorCode: ERROR.NONE,
        configs: configs.map((config) => entryOf(config, resourceType)),
      };
    }),
  };
});

function resolve(
  resource: DescribeConfigsResource,
  topicConfigs: TopicConfigs,
  { cluster, broker, logLevels }: RequestContext,
): { configs: readonly ResolvedConfig[] } | Outcome {
  const { resourceType, resourceName: name } = resource;
  switch (resourceType) {
    case CONFIG_RESOURCE.topic: {
      if (cluster.image.topic(name) !== undefined) {
        return { configs: topicConfigs.of(cluster.image.topicConfigs(name)) };
      }
      const problem = problemWithTopicName(name);
      return problem === null
        ? { errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null }
        : { errorCode: ERROR.INVALID_TOPIC_EXCEPTION, errorMessage: problem };
    }
    case CONFIG_RESOURCE.broker:
      if (name === '') return { configs: resolveDefaultBrokerConfigs(cluster) };
      return name === String(broker.id)
        ? { configs: resolveBrokerConfigs(cluster, broker) }
        : otherBroker(broker.id, name);
    case CONFIG_RESOURCE.brokerLogger:
      if (name === '') return refused(ERROR.INVALID_REQUEST, 'Broker id must not be empty');
      return name === String(broker.id)
        ? { configs: resolveLoggers(logLevels) }
        : refused(ERROR.INVALID_REQUEST, `Unexpected broker id, expected ${broker.id} but received ${name}`);
    case CONFIG_RESOURCE.clientMetrics:
      return name === ''
        ? refused(ERROR.INVALID_REQUEST, 'Client metrics subscription name must not be empty')
        : { configs: resolveClientMetricsConfigs(cluster, name) };
    case CONFIG_RESOURCE.group:
      return name === ''
        ? { errorCode: ERROR.INVALID_REQUEST, errorMessage: 'Group name must not be empty' }
        : { configs: resolveGroupConfigs(cluster, broker, name) };
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
): Entry {
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
