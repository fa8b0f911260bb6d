import type { ConfigResource, ConfigRules } from '../controller/config-rules.ts';
import { BROKER_CONFIGS } from './broker-configs.ts';
import { CLIENT_METRICS_CONFIGS } from './client-metrics-configs.ts';
import { type ConfigDefinition, problemWithValue } from './definition.ts';
import { GROUP_CONFIGS } from './group-configs.ts';
import { TOPIC_CONFIGS } from './topic-configs.ts';

/**
 * What may be set where, with Kafka's words for what may not. A broker may be given configs that nobody knows, as Kafka
 * lets plug-ins have their own; a topic or a group may not.
 * @param brokerConfigs the brokers' static configs
 */
export function createConfigRules(brokerConfigs: Readonly<Record<string, string>> = {}): ConfigRules {
  return {
    problemWith(resource, name, value) {
      const definition = definitionOf(resource, name);
      if (definition !== undefined) return problemWithValue(definition, value);
      return unknownName(resource, name);
    },
    isList: (resource, name) => definitionOf(resource, name)?.type === 'LIST',
    inherited(resource, name) {
      if (resource === 'broker') return brokerConfigs[name] ?? BROKER_CONFIGS.get(name)?.defaultValue ?? null;
      if (resource === 'client-metrics') return CLIENT_METRICS_CONFIGS.get(name)?.defaultValue ?? null;
      const definition = (resource === 'topic' ? TOPIC_CONFIGS : GROUP_CONFIGS).get(name);
      if (definition === undefined) return null;
      const fromBroker =
        definition.brokerConfig === null ? undefined : brokerConfigs[definition.brokerConfig];
      return fromBroker ?? definition.defaultValue;
    },
  };
}

function definitionOf(resource: ConfigResource, name: string): ConfigDefinition | undefined {
  switch (resource) {
    case 'topic':
      return TOPIC_CONFIGS.get(name);
    case 'broker':
      return BROKER_CONFIGS.get(name);
    case 'group':
      return GROUP_CONFIGS.get(name);
    case 'client-metrics':
      return CLIENT_METRICS_CONFIGS.get(name);
  }
}

/** Kafka's sentence for a config that a resource does not have; null where any name may be set. */
function unknownName(resource: ConfigResource, name: string): string | null {
  switch (resource) {
    case 'topic':
      return `Unknown topic config name: ${name}`;
    case 'broker':
      return null;
    case 'group':
      return `Unknown group config name: ${name}`;
    case 'client-metrics':
      return `Unknown client metrics configuration: ${name}`;
  }
}

/** What is wrong with a topic's configs taken together; null when nothing is. */
export function conflictInTopicConfigs(configs: ReadonlyMap<string, string | null>): string | null {
  const lag = (name: string) => BigInt(configs.get(name) ?? TOPIC_CONFIGS.get(name)?.defaultValue ?? '0');
  try {
    const min = lag('min.compaction.lag.ms');
    const max = lag('max.compaction.lag.ms');
    return min > max
      ? `conflict topic config setting min.compaction.lag.ms (${min}) > max.compaction.lag.ms (${max})`
      : null;
  } catch {
    return null; // Not numbers: the check of each value says so.
  }
}

/**
 * Why a broker's configs can't be changed so while it runs, in Kafka's words for INVALID_REQUEST; null when they can.
 * @param brokerId '' for the cluster-wide default
 * @param changes new values by name, null for those that are unset
 * @param valueNow what holds on the broker until then
 */
export function problemWithDynamicBrokerConfigs(
  brokerId: string,
  changes: ReadonlyMap<string, string | null>,
  valueNow: (name: string) => string | null,
): string | null {
  const names = [...changes.keys()];
  const modeOf = (name: string) => BROKER_CONFIGS.get(name)?.updateMode;
  const readOnly = names.filter((name) => modeOf(name) === 'read-only');
  if (readOnly.length > 0) return `Cannot update these configs dynamically: [${readOnly.join(', ')}]`;
  const perBroker = brokerId === '' ? names.filter((name) => modeOf(name) === 'per-broker') : [];
  if (perBroker.length > 0) {
    return `Cannot update these configs at default cluster level, broker id must be specified: [${perBroker.join(', ')}]`;
  }
  for (const [name, value] of changes) {
    const definition = BROKER_CONFIGS.get(name);
    if (definition === undefined || value === null) continue;
    const problem = problemWithValue(definition, value) ?? problemWithThreads(name, value, valueNow);
    if (problem !== null) return problem;
  }
  return null;
}

const THREADS = new Set([
  'num.io.threads',
  'num.network.threads',
  'num.replica.fetchers',
  'num.recovery.threads.per.data.dir',
  'background.threads',
]);

/** A pool of threads grows and shrinks in steps (Kafka's DynamicThreadPool). */
function problemWithThreads(
  name: string,
  value: string,
  valueNow: (name: string) => string | null,
): string | null {
  if (!THREADS.has(name)) return null;
  const wanted = Number(value);
  const now = Number(valueNow(name));
  const problem = (bound: string) =>
    `Invalid value org.apache.kafka.common.config.ConfigException: Dynamic thread count update validation failed for ${name}=${wanted}, value should ${bound} the current value ${now} for configuration Invalid dynamic configuration`;
  if (wanted < Math.floor(now / 2)) return problem('be at least half');
  if (wanted > now * 2) return problem('not be greater than double');
  return null;
}
