import type { ConfigEntry, ConfigSource } from '../../lib/contract/configs.ts';
import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import type { Target } from '../client/request.ts';
import { ERROR } from '../protocol/errors.ts';
import {
  type DescribeConfigsResourceResult,
  type DescribeConfigsResult,
  describeConfigsApi,
} from '../protocol/messages/describe-configs.ts';

/** org.apache.kafka.common.config.ConfigResource.Type */
const RESOURCE_TOPIC = 2;
const RESOURCE_BROKER = 4;
const DYNAMIC_TOPIC_SOURCE = 1;

/** What lists of topics show of a topic's configs. */
export interface TopicConfigSummary {
  /** Configs set on the topic itself. */
  readonly overrideCount: number;
  /** Null when the broker does not tell it. */
  readonly minInsyncReplicas: number | null;
}

/** Every config of a topic. Throws a Failure; `not_found` when there is no such topic. */
export async function readTopicConfigEntries(client: ClusterClient, topic: string): Promise<ConfigEntry[]> {
  const result = await describeOne(client, RESOURCE_TOPIC, topic, 'any');
  if (result.errorCode === ERROR.UNKNOWN_TOPIC_OR_PARTITION) {
    throw new Failure('not_found', say('topic.unknown', { topic }));
  }
  if (result.errorCode !== ERROR.NONE) {
    throw kafkaFailure(result.errorCode, say('kafka.configsOfTopic', { topic }), result.errorMessage);
  }
  return entriesOf(result, 'dynamic-topic');
}

/** Every config of a broker, as that broker tells it: its static ones are known to nobody else. Throws a Failure. */
export async function readBrokerConfigEntries(
  client: ClusterClient,
  broker: number,
  timeoutMs: number,
): Promise<ConfigEntry[]> {
  const result = await describeOne(client, RESOURCE_BROKER, String(broker), { broker }, timeoutMs);
  if (result.errorCode !== ERROR.NONE) {
    throw kafkaFailure(result.errorCode, say('kafka.configsOfBroker', { broker }), result.errorMessage);
  }
  return entriesOf(result, 'dynamic-broker');
}

/** Summaries of several topics in one request; a topic that could not be read comes as a Failure. */
export async function readConfigSummaries(
  client: ClusterClient,
  topics: readonly string[],
  /** Null: all configs; else only these, and then nothing counts as overridden but them. */
  names: readonly string[] | null,
): Promise<Map<string, TopicConfigSummary | Failure>> {
  const answer = await client.send(
    describeConfigsApi,
    {
      resources: topics.map((topic) => ({
        resourceType: RESOURCE_TOPIC,
        resourceName: topic,
        configurationKeys: names,
      })),
    },
    { to: 'any' },
  );
  return new Map(
    answer.results.map((result) => [
      result.resourceName,
      result.errorCode === ERROR.NONE
        ? summaryOf(result.configs)
        : kafkaFailure(
            result.errorCode,
            say('kafka.configsOfTopic', { topic: result.resourceName }),
            result.errorMessage,
          ),
    ]),
  );
}

async function describeOne(
  client: ClusterClient,
  resourceType: number,
  resourceName: string,
  to: Target,
  timeoutMs?: number,
): Promise<DescribeConfigsResult> {
  const answer = await client.send(
    describeConfigsApi,
    (version) => ({
      resources: [{ resourceType, resourceName, configurationKeys: null }],
      includeSynonyms: true,
      ...(version >= 3 ? { includeDocumentation: true } : {}),
    }),
    { to, timeoutMs },
  );
  const [result] = answer.results;
  if (!result)
    throw new Failure(
      'internal',
      say('kafka.answeredWithout', { api: 'DescribeConfigs', part: resourceName }),
    );
  return result;
}

function summaryOf(configs: readonly DescribeConfigsResourceResult[]): TopicConfigSummary {
  let overrideCount = 0;
  let minInsyncReplicas: number | null = null;
  for (const { name, value, configSource } of configs) {
    if (configSource === DYNAMIC_TOPIC_SOURCE) overrideCount += 1;
    if (name === 'min.insync.replicas' && value !== null) minInsyncReplicas = Number(value);
  }
  return { overrideCount, minInsyncReplicas };
}

/** DescribeConfigs numbers: org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource. */
const SOURCES: Record<number, ConfigSource> = {
  1: 'dynamic-topic',
  2: 'dynamic-broker',
  3: 'dynamic-default-broker',
  4: 'static-broker',
  5: 'default',
  6: 'dynamic-broker-logger',
  7: 'client-metrics',
  8: 'group',
};

/** The same, ConfigType (KIP-569). */
const TYPES: Record<number, ConfigEntry['type']> = {
  1: 'boolean',
  2: 'string',
  3: 'int',
  4: 'short',
  5: 'long',
  6: 'double',
  7: 'list',
  8: 'class',
  9: 'password',
};

function entriesOf({ configs }: DescribeConfigsResult, own: ConfigSource): ConfigEntry[] {
  return configs
    .map((config): ConfigEntry => {
      const source = SOURCES[config.configSource] ?? 'unknown';
      return {
        name: config.name,
        value: config.isSensitive ? null : config.value,
        source,
        isSensitive: config.isSensitive,
        isReadOnly: config.readOnly,
        isOverridden: source === own,
        type: TYPES[config.configType] ?? 'unknown',
        documentation: config.documentation,
        synonyms: config.synonyms.map((synonym) => ({
          name: synonym.name,
          value: config.isSensitive ? null : synonym.value,
          source: SOURCES[synonym.source] ?? 'unknown',
        })),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
