import { CONFIG_RESOURCES, type ConfigResource } from './config-rules.ts';
import type {
  BrokerRegistration,
  MetadataDelta,
  MetadataImage,
  PartitionImage,
  TopicImage,
} from './metadata-image.ts';
import { applySecurityRecord, type SecurityRecord, securityRecordsOf } from './security-records.ts';

/** One fact in the metadata log. Each replaces what was known before of the same thing. */
export type MetadataRecord =
  | SecurityRecord
  | { readonly type: 'broker'; readonly broker: BrokerRegistration }
  | { readonly type: 'broker-removed'; readonly id: number }
  | { readonly type: 'feature'; readonly name: string; readonly level: number }
  | { readonly type: 'topic'; readonly topic: TopicImage }
  | { readonly type: 'topic-removed'; readonly name: string }
  | { readonly type: 'partition'; readonly topic: string; readonly partition: PartitionImage }
  | {
      readonly type: 'config';
      readonly resource: ConfigResource;
      readonly name: string;
      readonly key: string;
      /** Null removes it. */
      readonly value: string | null;
    }
  | {
      readonly type: 'client-quota';
      readonly entity: readonly (readonly [type: string, name: string | null])[];
      readonly key: string;
      /** Null removes it. */
      readonly value: number | null;
    }
  | { readonly type: 'producer-ids'; readonly next: number }
  | { readonly type: 'controller'; readonly id: number; readonly epoch: number };

/** A record that has its place among Kafka's metadata records; who the controller is stands in a control record. */
export type StoredRecord = Exclude<MetadataRecord, { readonly type: 'controller' }>;

/** The parts of a delta while it is being gathered. */
export class DeltaBuilder implements MetadataDelta {
  readonly topics = new Set<string>();
  readonly brokers = new Set<number>();
  readonly topicConfigs = new Set<string>();
  readonly brokerConfigs = new Set<string>();
  readonly groupConfigs = new Set<string>();
  readonly clientMetrics = new Set<string>();
  clientQuotas = false;

  configsOf(resource: ConfigResource): Set<string> {
    switch (resource) {
      case 'topic':
        return this.topicConfigs;
      case 'broker':
        return this.brokerConfigs;
      case 'group':
        return this.groupConfigs;
      case 'client-metrics':
        return this.clientMetrics;
    }
  }
}

/** Brings the image up to records that concern it, and notes in the delta what they touch. */
export function applyRecords(
  image: MetadataImage,
  records: readonly MetadataRecord[],
  delta: DeltaBuilder,
): void {
  const touched = new Map<string, PartitionImage[]>();
  for (const record of records) {
    switch (record.type) {
      case 'broker':
        image.putBroker(record.broker);
        delta.brokers.add(record.broker.id);
        break;
      case 'broker-removed':
        image.removeBroker(record.id);
        delta.brokers.add(record.id);
        break;
      case 'feature':
        if (record.level === 0) image.features.delete(record.name);
        else image.features.set(record.name, record.level);
        break;
      case 'topic':
        image.putTopic(record.topic);
        delta.topics.add(record.topic.name);
        break;
      case 'topic-removed':
        image.removeTopic(record.name);
        delta.topics.add(record.name);
        break;
      case 'partition': {
        let partitions = touched.get(record.topic);
        if (partitions === undefined) {
          partitions = [...(image.topic(record.topic)?.partitions ?? [])];
          touched.set(record.topic, partitions);
        }
        partitions[record.partition.partition] = record.partition;
        break;
      }
      case 'config':
        image.putConfig(record.resource, record.name, record.key, record.value);
        delta.configsOf(record.resource).add(record.name);
        break;
      case 'acl':
      case 'acl-removed':
      case 'scram-credential':
      case 'scram-credential-removed':
      case 'delegation-token':
      case 'delegation-token-removed':
        applySecurityRecord(image.security, record);
        break;
      case 'client-quota':
        image.putClientQuota(new Map(record.entity), record.key, record.value);
        delta.clientQuotas = true;
        break;
    }
  }
  for (const [name, partitions] of touched) {
    const topic = image.topic(name);
    if (topic === undefined) continue;
    image.putTopic({ ...topic, partitions });
    delta.topics.add(name);
  }
}

/** The records from which the same image can be made again. */
export function* recordsOf(image: MetadataImage): Generator<StoredRecord> {
  for (const [name, level] of image.features) yield { type: 'feature', name, level };
  for (const broker of image.brokers.values()) yield { type: 'broker', broker };
  for (const topic of image.topics.values()) yield { type: 'topic', topic };
  for (const resource of CONFIG_RESOURCES) {
    for (const [name, configs] of image.allConfigs(resource)) {
      for (const [key, value] of configs) yield { type: 'config', resource, name, key, value };
    }
  }
  yield* securityRecordsOf(image.security);
  for (const { entity, values } of image.clientQuotas.values()) {
    for (const [key, value] of values) yield { type: 'client-quota', entity: [...entity], key, value };
  }
}
