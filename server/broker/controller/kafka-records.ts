import { brokerRegistrationChangeRecord } from '../../protocol/messages/broker-registration-change-record.ts';
import { clientQuotaRecord } from '../../protocol/messages/client-quota-record.ts';
import { configRecord } from '../../protocol/messages/config-record.ts';
import { featureLevelRecord } from '../../protocol/messages/feature-level-record.ts';
import { partitionChangeRecord } from '../../protocol/messages/partition-change-record.ts';
import { partitionRecord } from '../../protocol/messages/partition-record.ts';
import { producerIdsRecord } from '../../protocol/messages/producer-ids-record.ts';
import { registerBrokerRecord } from '../../protocol/messages/register-broker-record.ts';
import { removeTopicRecord } from '../../protocol/messages/remove-topic-record.ts';
import { topicRecord } from '../../protocol/messages/topic-record.ts';
import { unregisterBrokerRecord } from '../../protocol/messages/unregister-broker-record.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import type { ConfigResource } from './config-rules.ts';
import { brokerAfter, brokerOf, brokerValue } from './kafka-broker-records.ts';
import { partitionAfter, partitionOf, partitionValue } from './kafka-partition-records.ts';
import { securityRecordOf, securityValue } from './kafka-security-records.ts';
import { framed, frameOf, unframed } from './metadata-frame.ts';
import type { BrokerRegistration, MetadataImage, PartitionImage } from './metadata-image.ts';
import type { MetadataRecord, StoredRecord } from './metadata-records.ts';

/** As ConfigResource.Type numbers them. */
const CONFIG_RESOURCE_TYPES: Readonly<Record<ConfigResource, number>> = {
  topic: 2,
  broker: 4,
  'client-metrics': 16,
  group: 32,
};

/**
 * Translates one step of changes to Kafka's own metadata records and back. Kafka's records name topics by id and tell
 * only what is different: both follow from the image before the step, and from what the step has said so far.
 */
export class KafkaRecords {
  readonly #image: MetadataImage;
  readonly #topicIds = new Map<string, string>();
  readonly #topicNames = new Map<string, string>();
  readonly #partitions = new Map<string, PartitionImage>();
  readonly #brokers = new Map<number, BrokerRegistration>();

  constructor(image: MetadataImage) {
    this.#image = image;
  }

  /** The values of the records that tell a change, in order. */
  *values(record: StoredRecord): Generator<Buffer> {
    switch (record.type) {
      case 'topic': {
        const { name, id, partitions } = record.topic;
        this.#topicIds.set(name, id);
        yield framed(topicRecord, 0, { name, topicId: id });
        for (const partition of partitions) yield partitionValue(id, undefined, partition);
        break;
      }
      case 'topic-removed':
        yield framed(removeTopicRecord, 0, { topicId: this.#topicId(record.name) });
        break;
      case 'partition': {
        const { topic, partition } = record;
        const key = `${topic} ${partition.partition}`;
        const before = this.#partitions.get(key) ?? this.#image.partition(topic, partition.partition);
        this.#partitions.set(key, partition);
        yield partitionValue(this.#topicId(topic), before, partition);
        break;
      }
      case 'broker':
        yield brokerValue(this.#broker(record.broker.id), record.broker);
        this.#brokers.set(record.broker.id, record.broker);
        break;
      case 'broker-removed':
        yield framed(unregisterBrokerRecord, 0, {
          brokerId: record.id,
          brokerEpoch: this.#broker(record.id)?.epoch ?? -1,
        });
        break;
      case 'feature':
        yield framed(featureLevelRecord, 0, { name: record.name, featureLevel: record.level });
        break;
      case 'config':
        yield framed(configRecord, 0, {
          resourceType: CONFIG_RESOURCE_TYPES[record.resource],
          resourceName: record.name,
          name: record.key,
          value: record.value,
        });
        break;
      case 'client-quota':
        yield framed(clientQuotaRecord, 0, {
          entity: record.entity.map(([entityType, entityName]) => ({ entityType, entityName })),
          key: record.key,
          value: record.value ?? 0,
          remove: record.value === null,
        });
        break;
      case 'producer-ids':
        yield framed(producerIdsRecord, 0, { brokerId: -1, nextProducerId: record.next });
        break;
      default:
        yield securityValue(record);
    }
  }

  /** The change that a record tells. @throws ProtocolError when it is not one that is known here */
  record(value: Buffer): MetadataRecord {
    const { type } = frameOf(value);
    switch (type) {
      case topicRecord.recordType: {
        const { name, topicId } = unframed(topicRecord, value);
        this.#topicNames.set(topicId, name);
        return { type: 'topic', topic: { name, id: topicId, partitions: [] } };
      }
      case removeTopicRecord.recordType:
        return { type: 'topic-removed', name: this.#topicName(unframed(removeTopicRecord, value).topicId) };
      case partitionRecord.recordType: {
        const record = unframed(partitionRecord, value);
        return this.#partition(this.#topicName(record.topicId), partitionOf(record));
      }
      case partitionChangeRecord.recordType: {
        const change = unframed(partitionChangeRecord, value);
        const topic = this.#topicName(change.topicId);
        const before =
          this.#partitions.get(`${topic} ${change.partitionId}`) ??
          this.#image.partition(topic, change.partitionId);
        if (before === undefined)
          throw new ProtocolError(`${topic}-${change.partitionId} changes, but is not there`);
        return this.#partition(topic, partitionAfter(before, change));
      }
      case registerBrokerRecord.recordType:
        return this.#keep(brokerOf(unframed(registerBrokerRecord, value)));
      case brokerRegistrationChangeRecord.recordType: {
        const change = unframed(brokerRegistrationChangeRecord, value);
        const before = this.#broker(change.brokerId);
        if (before === undefined)
          throw new ProtocolError(`broker ${change.brokerId} changes, but is not there`);
        return this.#keep(brokerAfter(before, change));
      }
      case unregisterBrokerRecord.recordType:
        return { type: 'broker-removed', id: unframed(unregisterBrokerRecord, value).brokerId };
      case featureLevelRecord.recordType: {
        const { name, featureLevel } = unframed(featureLevelRecord, value);
        return { type: 'feature', name, level: featureLevel };
      }
      case configRecord.recordType: {
        const { resourceType, resourceName, name: key, value: text } = unframed(configRecord, value);
        return {
          type: 'config',
          resource: configResource(resourceType),
          name: resourceName,
          key,
          value: text,
        };
      }
      case clientQuotaRecord.recordType: {
        const quota = unframed(clientQuotaRecord, value);
        return {
          type: 'client-quota',
          entity: quota.entity.map(({ entityType, entityName }) => [entityType, entityName]),
          key: quota.key,
          value: quota.remove ? null : quota.value,
        };
      }
      case producerIdsRecord.recordType:
        return { type: 'producer-ids', next: Number(unframed(producerIdsRecord, value).nextProducerId) };
      default: {
        const record = securityRecordOf(type, value);
        if (record === null) throw new ProtocolError(`metadata records of type ${type} are not known`);
        return record;
      }
    }
  }

  #partition(topic: string, partition: PartitionImage): MetadataRecord {
    this.#partitions.set(`${topic} ${partition.partition}`, partition);
    return { type: 'partition', topic, partition };
  }

  #keep(broker: BrokerRegistration): MetadataRecord {
    this.#brokers.set(broker.id, broker);
    return { type: 'broker', broker };
  }

  #broker(id: number): BrokerRegistration | undefined {
    return this.#brokers.get(id) ?? this.#image.brokers.get(id);
  }

  #topicId(name: string): string {
    const id = this.#topicIds.get(name) ?? this.#image.topic(name)?.id;
    if (id === undefined) throw new ProtocolError(`there is no topic ${name}`);
    return id;
  }

  #topicName(id: string): string {
    const name = this.#topicNames.get(id) ?? this.#image.topicById(id)?.name;
    if (name === undefined) throw new ProtocolError(`there is no topic with the id ${id}`);
    return name;
  }
}

function configResource(type: number): ConfigResource {
  for (const [resource, code] of Object.entries(CONFIG_RESOURCE_TYPES)) {
    if (code === type) return resource as ConfigResource;
  }
  throw new ProtocolError(`configs of resource type ${type} are not known`);
}
