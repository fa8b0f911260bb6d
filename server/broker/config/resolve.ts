import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { BROKER_CONFIGS, synonymsOf } from './broker-configs.ts';
import { CLIENT_METRICS_CONFIGS } from './client-metrics-configs.ts';
import type { ConfigDefinition } from './definition.ts';
import { GROUP_CONFIGS } from './group-configs.ts';
import { TOPIC_CONFIGS } from './topic-configs.ts';

/** Where a value comes from, as DescribeConfigs numbers it (KIP-226). */
export const CONFIG_SOURCE = {
  dynamicTopic: 1,
  dynamicBroker: 2,
  dynamicDefaultBroker: 3,
  staticBroker: 4,
  default: 5,
  dynamicBrokerLogger: 6,
  dynamicClientMetrics: 7,
  dynamicGroup: 8,
} as const;

export interface ConfigSynonym {
  readonly name: string;
  readonly value: string | null;
  readonly source: number;
}

/** A config with the value that holds and everything it could fall back to, best first. */
export interface ResolvedConfig {
  readonly name: string;
  /** Null for a name that is not known: it was set all the same. */
  readonly definition: ConfigDefinition | null;
  readonly value: string | null;
  readonly source: number;
  readonly synonyms: readonly ConfigSynonym[];
}

type ConfigMap = ReadonlyMap<string, string>;

/** The places a broker config may be set in, best first. */
interface BrokerLayers {
  readonly dynamic: ConfigMap;
  readonly dynamicDefault: ConfigMap;
  readonly fixed: ConfigMap;
}

/** What a broker was started with: its own place and the cluster's static configs. */
function staticConfigs(cluster: Cluster, broker: Broker): ConfigMap {
  const configs = new Map(Object.entries(cluster.options.brokerConfigs ?? {}));
  const registration = cluster.image.brokers.get(broker.id);
  const host = broker.listener?.host ?? registration?.host;
  const port = broker.listener?.port ?? registration?.port;
  configs.set('node.id', String(broker.id));
  configs.set('broker.id', String(broker.id));
  configs.set('process.roles', 'broker,controller');
  configs.set('controller.listener.names', 'CONTROLLER');
  configs.set('log.dirs', broker.logDir);
  if (broker.rack !== null) configs.set('broker.rack', broker.rack);
  if (port !== undefined) {
    const further = Object.entries(broker.listener?.furtherListeners ?? registration?.furtherListeners ?? {});
    const addresses = [['PLAINTEXT', { host, port }] as const, ...further];
    const listeners = addresses.map(([name, place]) => `${name}://${place.host}:${place.port}`).join(',');
    configs.set('listeners', listeners);
    configs.set('advertised.listeners', listeners);
  }
  return configs;
}

function layersOf(cluster: Cluster, broker: Broker): BrokerLayers {
  return {
    dynamic: cluster.image.brokerConfigs(String(broker.id)),
    dynamicDefault: cluster.image.brokerConfigs(''),
    fixed: staticConfigs(cluster, broker),
  };
}

/** Rates of reassignments: nobody has them in a file, and they are told only while they are set (Kafka's QuotaConfig). */
const DYNAMIC_ONLY = new Set(['follower.replication.throttled.rate', 'leader.replication.throttled.rate']);

function brokerSynonyms(layers: BrokerLayers, name: string): ConfigSynonym[] {
  const names = synonymsOf(name).map(([synonym]) => synonym);
  const found: ConfigSynonym[] = [];
  const collect = (configs: ConfigMap, source: number) => {
    for (const synonym of names) {
      const value = configs.get(synonym);
      if (value !== undefined) found.push({ name: synonym, value, source });
    }
  };
  collect(layers.dynamic, CONFIG_SOURCE.dynamicBroker);
  collect(layers.dynamicDefault, CONFIG_SOURCE.dynamicDefaultBroker);
  collect(layers.fixed, CONFIG_SOURCE.staticBroker);
  for (const synonym of names) {
    const value = BROKER_CONFIGS.get(synonym)?.defaultValue ?? null;
    if (value !== null && !DYNAMIC_ONLY.has(synonym)) {
      found.push({ name: synonym, value, source: CONFIG_SOURCE.default });
    }
  }
  // As Kafka's brokers answer: what only stands in for the name is told after a value of the name itself, never alone.
  const first = found.findIndex((synonym) => synonym.name === name);
  return first < 0 ? [] : found.slice(first);
}

/** The value of a broker config that holds, in its own unit; null when there is none. */
function brokerValue(layers: BrokerLayers, name: string): string | null {
  return (
    layers.dynamic.get(name) ??
    layers.dynamicDefault.get(name) ??
    layers.fixed.get(name) ??
    BROKER_CONFIGS.get(name)?.defaultValue ??
    null
  );
}

/** A broker config as text, null when it has no value. */
export function brokerConfig(cluster: Cluster, broker: Broker, name: string): string | null {
  return brokerValue(layersOf(cluster, broker), name);
}

/** A numeric broker config that has a default and does not depend on the broker's place: cheap enough for every request. */
export function configNumber(broker: Broker, name: string): number {
  return Number(broker.brokerConfig(name) ?? BROKER_CONFIGS.get(name)?.defaultValue);
}

/** A numeric broker config. @throws Error when it has no number: a mistake of the caller's */
export function brokerConfigNumber(cluster: Cluster, broker: Broker, name: string): number {
  const value = brokerConfig(cluster, broker, name);
  if (value === null || Number.isNaN(Number(value))) throw new Error(`${name} has no number`);
  return Number(value);
}

/** All configs of a broker, with those set on it that nobody knows at the end. */
export function resolveBrokerConfigs(cluster: Cluster, broker: Broker): ResolvedConfig[] {
  const layers = layersOf(cluster, broker);
  const known = [...BROKER_CONFIGS.values()].flatMap((definition) => {
    const { name } = definition;
    const synonyms = brokerSynonyms(layers, name);
    const source = synonyms[0]?.source ?? CONFIG_SOURCE.default;
    if (synonyms.length === 0 && DYNAMIC_ONLY.has(name)) return [];
    return [{ name, definition, value: brokerValue(layers, name), source, synonyms }];
  });
  const unknown = [
    ...new Set([layers.dynamic, layers.dynamicDefault, layers.fixed].flatMap((at) => [...at.keys()])),
  ]
    .filter((name) => !BROKER_CONFIGS.has(name))
    .map((name) => {
      const synonyms = brokerSynonyms(layers, name);
      return { name, definition: null, value: null, source: synonyms[0]!.source, synonyms };
    });
  return [...known, ...unknown];
}

/** What is set for all brokers dynamically: the resource `broker` with no name. */
export function resolveDefaultBrokerConfigs(cluster: Cluster): ResolvedConfig[] {
  return [...cluster.image.brokerConfigs('')].map(([name, value]) => ({
    name,
    definition: BROKER_CONFIGS.get(name) ?? null,
    value,
    source: CONFIG_SOURCE.dynamicDefaultBroker,
    synonyms: [{ name, value, source: CONFIG_SOURCE.dynamicDefaultBroker }],
  }));
}

/** What a topic gets from a broker when it does not set a config itself. */
function inheritedValue(
  layers: BrokerLayers,
  definition: { brokerConfig: string | null; defaultValue: string | null },
) {
  if (definition.brokerConfig === null) return definition.defaultValue;
  for (const [synonym, factor] of synonymsOf(definition.brokerConfig)) {
    const value =
      layers.dynamic.get(synonym) ?? layers.dynamicDefault.get(synonym) ?? layers.fixed.get(synonym);
    if (value !== undefined) return factor === 1 ? value : String(Number(value) * factor);
  }
  return definition.defaultValue;
}

/**
 * All configs of topics as the given broker sees them. Made for one request: what topics inherit is looked up once, and is
 * the same object for all of them.
 */
export class TopicConfigs {
  readonly #inherited: readonly ResolvedConfig[];

  constructor(cluster: Cluster, broker: Broker) {
    const layers = layersOf(cluster, broker);
    this.#inherited = [...TOPIC_CONFIGS.values()].map((definition) => {
      const { name, brokerConfig: source } = definition;
      const synonyms = source === null ? [] : brokerSynonyms(layers, source);
      return {
        name,
        definition,
        value: inheritedValue(layers, definition),
        source: synonyms[0]?.source ?? CONFIG_SOURCE.default,
        synonyms,
      };
    });
  }

  /** @param own what is set on the topic itself */
  of(own: ConfigMap): readonly ResolvedConfig[] {
    if (own.size === 0) return this.#inherited;
    return this.#inherited.map((inherited) => {
      const value = own.get(inherited.name);
      if (value === undefined) return inherited;
      const source = CONFIG_SOURCE.dynamicTopic;
      const synonyms = [{ name: inherited.name, value, source }, ...inherited.synonyms];
      return { ...inherited, value, source, synonyms };
    });
  }
}

/** All configs of a client metrics subscription (KIP-714); it need not be there. */
export function resolveClientMetricsConfigs(cluster: Cluster, subscription: string): ResolvedConfig[] {
  const own = cluster.image.configs('client-metrics', subscription);
  return [...CLIENT_METRICS_CONFIGS.values()].map((definition) => {
    const { name, defaultValue } = definition;
    const set = own.get(name);
    if (set === undefined) {
      return { name, definition, value: defaultValue, source: CONFIG_SOURCE.default, synonyms: [] };
    }
    const source = CONFIG_SOURCE.dynamicClientMetrics;
    return { name, definition, value: set, source, synonyms: [{ name, value: set, source }] };
  });
}

/** All configs of a group as the given broker sees them; the group need not be there. */
export function resolveGroupConfigs(cluster: Cluster, broker: Broker, groupId: string): ResolvedConfig[] {
  const layers = layersOf(cluster, broker);
  const own = cluster.image.groupConfigs(groupId);
  return [...GROUP_CONFIGS.values()].map((definition) => {
    const { name, brokerConfig: inherited, defaultValue } = definition;
    const synonyms =
      inherited === null
        ? [{ name, value: defaultValue, source: CONFIG_SOURCE.default }]
        : brokerSynonyms(layers, inherited);
    const set = own.get(name);
    if (set !== undefined) synonyms.unshift({ name, value: set, source: CONFIG_SOURCE.dynamicGroup });
    const value = synonyms[0]?.value ?? defaultValue;
    return { name, definition, value, source: synonyms[0]?.source ?? CONFIG_SOURCE.default, synonyms };
  });
}
