import { type ClientQuotaImage, type QuotaEntity, quotaKey } from './client-quota-image.ts';
import type { ConfigResource } from './config-rules.ts';
import { SecurityImage } from './security-records.ts';
import { collisionKey } from './topic-name.ts';

/** Where a broker listens. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
}

/** A broker as the controller knows it. Whether its process part runs is told by `Broker.state`. */
export interface BrokerRegistration {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
  /** Its listeners beside the plain one, by name, e.g. `SASL_SSL`. */
  readonly furtherListeners?: Readonly<Record<string, BrokerAddress>>;
  /** Grows with every registration (KIP-631). */
  readonly epoch: number;
  /** Another one for every start of the broker. */
  readonly incarnationId: string;
  /** A fenced broker leads nothing and is left out of Metadata answers. */
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
}

/** One partition's place in the cluster. Replaced as a whole by every change, never edited. */
export interface PartitionImage {
  readonly partition: number;
  /** Preferred leader first. Includes replicas that are being added or removed. */
  readonly replicas: readonly number[];
  /** Empty when all that were in sync have gone and are in `elr`. */
  readonly isr: readonly number[];
  /** Not in sync any more, but with everything below the high watermark: they may lead again (KIP-966). */
  readonly elr: readonly number[];
  /** Who led last, when nobody does. */
  readonly lastKnownElr: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
  /** -1: no leader, the partition is offline. */
  readonly leader: number;
  readonly leaderEpoch: number;
  /** Grows with every change of this partition (KIP-497). */
  readonly partitionEpoch: number;
}

export interface TopicImage {
  readonly name: string;
  /** 22 characters of URL-safe base64, as Kafka prints a UUID. */
  readonly id: string;
  /** The index is the partition's number. */
  readonly partitions: readonly PartitionImage[];
}

/** What changed in one step, for those who follow the image. */
export interface MetadataDelta {
  /** Topics created, deleted or with changed partitions. */
  readonly topics: ReadonlySet<string>;
  /** Brokers registered, fenced, unfenced or in controlled shutdown. */
  readonly brokers: ReadonlySet<number>;
  /** Topics whose configs changed. */
  readonly topicConfigs: ReadonlySet<string>;
  /** Brokers whose dynamic configs changed; '' is the cluster-wide default. */
  readonly brokerConfigs: ReadonlySet<string>;
  /** Whether client quotas changed. */
  readonly clientQuotas: boolean;
  /** Groups whose configs changed. */
  readonly groupConfigs: ReadonlySet<string>;
  /** Client metrics subscriptions that changed (KIP-714). */
  readonly clientMetrics: ReadonlySet<string>;
}

const INTERNAL_TOPICS = new Set(['__consumer_offsets', '__transaction_state', '__share_group_state']);
const NO_CONFIGS: ReadonlyMap<string, string> = new Map();

/** Topics that Kafka itself keeps and that Metadata answers mark as internal. */
export function isInternalTopic(name: string): boolean {
  return INTERNAL_TOPICS.has(name);
}

/**
 * The cluster's metadata as the controller last decided it. One image serves all brokers of the process;
 * only the controller changes it, and every TopicImage, PartitionImage and BrokerRegistration in it is immutable,
 * so what was read stays true for the reader.
 */
export class MetadataImage {
  readonly clusterId: string;
  /** Offset of the last metadata record that is in this image. */
  offset = -1;
  /** ACLs, SCRAM credentials and delegation tokens. */
  readonly security = new SecurityImage();
  readonly #brokers = new Map<number, BrokerRegistration>();
  readonly #topics = new Map<string, TopicImage>();
  readonly #topicsById = new Map<string, TopicImage>();
  /** Topic names by what is left of them when `.` and `_` are the same. */
  readonly #topicsByCollisionKey = new Map<string, string>();
  readonly #configs: Readonly<Record<ConfigResource, Map<string, Map<string, string>>>> = {
    topic: new Map(),
    broker: new Map(),
    group: new Map(),
    'client-metrics': new Map(),
  };
  /** Finalized feature levels (KIP-584); 0 where there is none. */
  readonly features = new Map<string, number>();
  readonly #clientQuotas = new Map<string, ClientQuotaImage>();

  constructor(clusterId: string) {
    this.clusterId = clusterId;
  }

  get brokers(): ReadonlyMap<number, BrokerRegistration> {
    return this.#brokers;
  }

  get topics(): ReadonlyMap<string, TopicImage> {
    return this.#topics;
  }

  topic(name: string): TopicImage | undefined {
    return this.#topics.get(name);
  }

  topicById(id: string): TopicImage | undefined {
    return this.#topicsById.get(id);
  }

  /** The topic whose name has this collision key (see `topic-name.ts`). */
  topicNamedLike(key: string): string | undefined {
    return this.#topicsByCollisionKey.get(key);
  }

  partition(topic: string, partition: number): PartitionImage | undefined {
    return this.#topics.get(topic)?.partitions[partition];
  }

  /** Registered and not fenced. */
  isActive(brokerId: number): boolean {
    return this.#brokers.get(brokerId)?.fenced === false;
  }

  /** The configs set on a resource, without defaults. */
  configs(resource: ConfigResource, name: string): ReadonlyMap<string, string> {
    return this.#configs[resource].get(name) ?? NO_CONFIGS;
  }

  /** Every config set on resources of a kind, by name. */
  allConfigs(resource: ConfigResource): ReadonlyMap<string, ReadonlyMap<string, string>> {
    return this.#configs[resource];
  }

  /** The configs set on a topic, without defaults. */
  topicConfigs(topic: string): ReadonlyMap<string, string> {
    return this.configs('topic', topic);
  }

  /** The dynamic configs set on a broker (`'1'`) or for all of them (`''`), without defaults. */
  brokerConfigs(brokerId: string): ReadonlyMap<string, string> {
    return this.configs('broker', brokerId);
  }

  /** The client quotas that are set, by `quotaKey` of their entity. */
  get clientQuotas(): ReadonlyMap<string, ClientQuotaImage> {
    return this.#clientQuotas;
  }

  /** For the controller only. A null value removes the quota. */
  putClientQuota(entity: QuotaEntity, key: string, value: number | null): void {
    const name = quotaKey(entity);
    const values = new Map(this.#clientQuotas.get(name)?.values);
    if (value === null) values.delete(key);
    else values.set(key, value);
    if (values.size === 0) this.#clientQuotas.delete(name);
    else this.#clientQuotas.set(name, { entity, values });
  }

  /** For the controller only. */
  putBroker(broker: BrokerRegistration): void {
    this.#brokers.set(broker.id, broker);
  }

  /** For the controller only. */
  removeBroker(id: number): void {
    this.#brokers.delete(id);
  }

  /** For the controller only. */
  putTopic(topic: TopicImage): void {
    this.#topics.set(topic.name, topic);
    this.#topicsById.set(topic.id, topic);
    this.#topicsByCollisionKey.set(collisionKey(topic.name), topic.name);
  }

  /** For the controller only. Its configs go with it. */
  removeTopic(name: string): void {
    const topic = this.#topics.get(name);
    if (topic === undefined) return;
    this.#topics.delete(name);
    this.#topicsById.delete(topic.id);
    this.#topicsByCollisionKey.delete(collisionKey(name));
    this.#configs.topic.delete(name);
  }

  /** The configs set on a group, without defaults. */
  groupConfigs(groupId: string): ReadonlyMap<string, string> {
    return this.configs('group', groupId);
  }

  /** For the controller only. A null value removes the config. */
  putConfig(resource: ConfigResource, name: string, key: string, value: string | null): void {
    const all = this.#configs[resource];
    let configs = all.get(name);
    if (value === null) {
      configs?.delete(key);
      if (configs?.size === 0) all.delete(name);
      return;
    }
    if (configs === undefined) {
      configs = new Map();
      all.set(name, configs);
    }
    configs.set(key, value);
  }

  /** Every dynamic broker config there is, by broker id as text. */
  get allBrokerConfigs(): ReadonlyMap<string, ReadonlyMap<string, string>> {
    return this.#configs.broker;
  }
}
