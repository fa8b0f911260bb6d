import { randomBytes } from 'node:crypto';
import { ERROR } from '../../protocol/errors.ts';
import { sweptTokens } from '../security/token-changes.ts';
import * as clientQuotas from './client-quotas.ts';
import { clusterMinInsync, problemWithMinInsync } from './cluster-min-insync.ts';
import { type ConfigValues, changedConfigs, replacedConfigs } from './config-changes.ts';
import type { ConfigResource, ConfigRules } from './config-rules.ts';
import { type ControllerState, canLead, changeRecord, onlineElection } from './controller-state.ts';
import { initialFeatures, type UpdateFeature, updateFeatures } from './features.ts';
import { KafkaRecords } from './kafka-records.ts';
import * as elections from './leader-elections.ts';
import type { BrokerRegistration, MetadataDelta } from './metadata-image.ts';
import { MetadataImage } from './metadata-image.ts';
import type { MetadataLog } from './metadata-log.ts';
import {
  applyRecords,
  DeltaBuilder,
  type MetadataRecord,
  recordsOf,
  type StoredRecord,
} from './metadata-records.ts';
import { DONE, type Outcome, refused } from './outcome.ts';
import type { Random } from './placement.ts';
import * as reassignments from './reassignments.ts';
import type {
  Admission,
  AlterIsr,
  ConfigChange,
  CreatePartitions,
  CreateTopic,
  CreateTopicOutcome,
  PartitionOutcome,
  Reassignment,
  ReassignPartition,
  TopicPartition,
} from './requests.ts';
import type { SecurityRecord } from './security-records.ts';
import * as topics from './topic-changes.ts';

type Listener = (image: MetadataImage, delta: MetadataDelta) => void;

type NewBroker = Omit<BrokerRegistration, 'epoch' | 'incarnationId' | 'fenced' | 'inControlledShutdown'>;

interface Checked {
  readonly validateOnly?: boolean;
}

/**
 * The one that decides: topics, leaders, ISRs, configs, registrations. Its methods act at once and return what
 * became of every item; when they return, the image has the change and it is in the metadata log.
 */
export class Controller {
  readonly image: MetadataImage;
  readonly #log: MetadataLog;
  readonly #state: ControllerState;
  readonly #listeners = new Set<Listener>();
  /** Changes that are in the image but not yet told: a listener's reaction may be the next change. */
  readonly #untold: MetadataDelta[] = [];
  #telling = false;
  #controllerId = -1;
  #controllerEpoch = 0;
  #nextProducerId = 0;

  /** Takes over what the log holds. */
  constructor(clusterId: string, log: MetadataLog, rules: ConfigRules, random?: Random) {
    this.image = new MetadataImage(clusterId);
    this.#log = log;
    const controllerId = () => this.#controllerId;
    this.#state = {
      image: this.image,
      rules,
      random,
      get controllerId() {
        return controllerId();
      },
      commit: (records) => this.#commit(records),
    };
    for (const { values, term } of log.replay()) {
      const kafka = new KafkaRecords(this.image);
      const records: readonly MetadataRecord[] =
        term === null ? values.map((value) => kafka.record(value)) : [{ type: 'controller', ...term }];
      this.#apply(records, new DeltaBuilder());
    }
  }

  /** The broker that holds the active controller's role, -1 when none runs. */
  get controllerId(): number {
    return this.#controllerId;
  }

  /** Grows whenever the role moves. */
  get controllerEpoch(): number {
    return this.#controllerEpoch;
  }

  /** Offset after the last metadata record. */
  get metadataLogEndOffset(): number {
    return this.#log.endOffset;
  }

  /** TOPIC_ALREADY_EXISTS, INVALID_TOPIC_EXCEPTION, INVALID_PARTITIONS, INVALID_REPLICATION_FACTOR, INVALID_REPLICA_ASSIGNMENT, INVALID_CONFIG. */
  createTopic(request: CreateTopic): CreateTopicOutcome {
    return topics.createTopic(this.#state, request);
  }

  /** UNKNOWN_TOPIC_OR_PARTITION. Replicas and their files go too. */
  deleteTopic(name: string, admit?: Admission): Outcome {
    return topics.deleteTopic(this.#state, name, admit);
  }

  /** UNKNOWN_TOPIC_OR_PARTITION, INVALID_PARTITIONS, INVALID_REPLICA_ASSIGNMENT. */
  createPartitions(request: CreatePartitions): Outcome {
    return topics.createPartitions(this.#state, request);
  }

  /** `name` is a topic, a group or a broker id; '' is the cluster-wide default of brokers. INVALID_CONFIG, UNKNOWN_TOPIC_OR_PARTITION, INVALID_REQUEST. */
  alterConfigs(
    resource: ConfigResource,
    name: string,
    changes: readonly ConfigChange[],
    options?: Checked,
  ): Outcome {
    const current = this.#configs(resource, name);
    if ('errorCode' in current) return current;
    return this.#setConfigs(
      resource,
      name,
      changedConfigs(resource, current, changes, this.#state.rules),
      options,
    );
  }

  /** The old AlterConfigs: what is not named is removed. */
  replaceConfigs(
    resource: ConfigResource,
    name: string,
    configs: ReadonlyMap<string, string | null>,
    options?: Checked,
  ): Outcome {
    const current = this.#configs(resource, name);
    if ('errorCode' in current) return current;
    return this.#setConfigs(
      resource,
      name,
      replacedConfigs(resource, current, configs, this.#state.rules),
      options,
    );
  }

  /** KIP-546. INVALID_REQUEST. */
  alterClientQuotas(requests: readonly clientQuotas.AlterQuota[], validateOnly: boolean): Outcome[] {
    return clientQuotas.alterClientQuotas(this.#state, requests, validateOnly);
  }

  /** Null partitions: all of them, and only those where something happened are told. ELECTION_NOT_NEEDED, PREFERRED_LEADER_NOT_AVAILABLE, ELIGIBLE_LEADERS_NOT_AVAILABLE, UNKNOWN_TOPIC_OR_PARTITION. */
  electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly TopicPartition[] | null,
  ): PartitionOutcome[] {
    return elections.electLeaders(this.#state, type, partitions);
  }

  /** KIP-455. INVALID_REPLICA_ASSIGNMENT, NO_REASSIGNMENT_IN_PROGRESS, UNKNOWN_TOPIC_OR_PARTITION. */
  alterReassignments(
    items: readonly ReassignPartition[],
    options?: { readonly allowReplicationFactorChange?: boolean },
  ): PartitionOutcome[] {
    return reassignments.alterReassignments(
      this.#state,
      items,
      options?.allowReplicationFactorChange ?? true,
    );
  }

  /** Null: all that are under way. */
  listReassignments(partitions: readonly TopicPartition[] | null): Reassignment[] {
    return reassignments.listReassignments(this.#state, partitions);
  }

  /** Makes changes of ACLs, SCRAM credentials and delegation tokens that were found to be right. */
  changeAccess(records: readonly SecurityRecord[]): void {
    this.#commit(records);
  }

  /** Delegation tokens that have expired are no longer kept. */
  removeExpiredTokens(now: number): void {
    this.#commit(sweptTokens(this.image.security.delegationTokens.values(), now));
  }

  /** A block of producer ids that nobody else gets. */
  allocateProducerIds(count: number): { readonly first: number; readonly count: number } {
    const first = this.#nextProducerId;
    this.#commit([{ type: 'producer-ids', next: first + count }]);
    return { first, count };
  }

  /** A leader asks for another ISR. INVALID_UPDATE_VERSION, FENCED_LEADER_EPOCH, INELIGIBLE_REPLICA, UNKNOWN_TOPIC_OR_PARTITION. */
  alterIsr(request: AlterIsr): Outcome {
    const partition = this.image.partition(request.topic, request.partition);
    if (partition === undefined) return refused(ERROR.UNKNOWN_TOPIC_OR_PARTITION, null);
    if (request.leaderEpoch !== partition.leaderEpoch || request.leader !== partition.leader) {
      return refused(ERROR.FENCED_LEADER_EPOCH, null);
    }
    if (request.partitionEpoch !== partition.partitionEpoch) {
      return refused(ERROR.INVALID_UPDATE_VERSION, null);
    }
    const eligible = request.isr.every(
      (id) => partition.replicas.includes(id) && (partition.isr.includes(id) || canLead(this.image, id)),
    );
    if (!eligible || !request.isr.includes(request.leader)) return refused(ERROR.INELIGIBLE_REPLICA, null);
    const { topic } = request;
    // In the order that Kafka's leaders send: their sets of small numbers ascend.
    const isr = [...request.isr].sort((a, b) => a - b);
    const records = changeRecord(topic, partition, { isr }, onlineElection(this.#state, topic));
    if (records.length > 0) this.#commit(records);
    return DONE;
  }

  /** A broker has started. It takes part as soon as it is unfenced. */
  registerBroker(broker: NewBroker): void {
    const epoch = this.#log.endOffset;
    const incarnationId = randomBytes(16).toString('base64url');
    this.#putBroker({ ...broker, epoch, incarnationId, fenced: true, inControlledShutdown: false });
  }

  /** The broker is up to date with the metadata: it may lead and be in ISRs. */
  unfenceBroker(id: number): void {
    const broker = this.image.brokers.get(id);
    if (broker === undefined || (!broker.fenced && !broker.inControlledShutdown)) return;
    this.#putBroker({ ...broker, fenced: false, inControlledShutdown: false });
    if (this.#controllerId < 0) this.takeOver(id);
    this.#commit(elections.recordsForOffline(this.#state));
  }

  /** The broker wants to stop: its leadership moves and it leaves every ISR that has others. */
  beginControlledShutdown(id: number): void {
    const broker = this.image.brokers.get(id);
    if (broker === undefined || broker.fenced) return;
    this.#putBroker({ ...broker, inControlledShutdown: true });
    this.#commit(elections.recordsWithout(this.#state, id));
  }

  /** The broker is gone: nobody is sent to it any more. */
  fenceBroker(id: number): void {
    const broker = this.image.brokers.get(id);
    if (broker === undefined || broker.fenced) return;
    this.#putBroker({ ...broker, fenced: true });
    this.#commit(elections.recordsWithout(this.#state, id));
  }

  /** Forgets a broker (KIP-631); partitions lose its replicas, not their assignment. BROKER_ID_NOT_REGISTERED. */
  unregisterBroker(id: number): Outcome {
    if (!this.image.brokers.has(id)) {
      return refused(ERROR.BROKER_ID_NOT_REGISTERED, `Broker ID ${id} is not currently registered`);
    }
    this.fenceBroker(id);
    this.#commit([{ type: 'broker-removed', id }]);
    return DONE;
  }

  /** How many replicas are assigned to a broker. */
  replicasOn(id: number): number {
    let count = 0;
    for (const topic of this.image.topics.values()) {
      for (const { replicas } of topic.partitions) if (replicas.includes(id)) count += 1;
    }
    return count;
  }

  /** Begins a new leader epoch for every partition (see `recordsForNewEpochs`). */
  bumpAllEpochs(): void {
    this.#commit(elections.recordsForNewEpochs(this.#state));
  }

  /** Gives a broker the active controller's role; -1: nobody is left to hold it. */
  takeOver(id: number): void {
    if (id !== this.#controllerId) this.beginTerm(id);
  }

  /** As `takeOver`, and a new term also for the one that has the role already: the cluster starts. */
  beginTerm(id: number, voters: readonly number[] = [...this.image.brokers.keys()]): void {
    const term = { id, epoch: this.#controllerEpoch + 1 };
    this.#log.appendTerm(term, voters);
    this.#applyAndTell([{ type: 'controller', ...term }]);
    if (id >= 0) this.#commit(clusterMinInsync(this.#state));
  }

  /** Gives a new cluster the features of Kafka 4.3. Does nothing when it has some. */
  bootstrap(): void {
    if (this.image.features.size > 0) return;
    this.#commit(initialFeatures());
    this.#commit(clusterMinInsync(this.#state));
  }

  /** KIP-584: all of them or none. INVALID_UPDATE_VERSION. */
  updateFeatures(updates: readonly UpdateFeature[], validateOnly: boolean): Outcome {
    return updateFeatures(this.#state, updates, validateOnly);
  }

  /** Periodic work: folds a long log, forces changes to the device. */
  sweep(): void {
    if (this.#log.wantsSnapshot) this.#writeSnapshot();
    this.#log.sync();
  }

  /** Called after every change. Returns how to stop listening. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #configs(resource: ConfigResource, name: string): ReadonlyMap<string, string> | Outcome {
    if (resource !== 'topic' || this.image.topic(name) !== undefined)
      return this.image.configs(resource, name);
    return refused(ERROR.UNKNOWN_TOPIC_OR_PARTITION, null);
  }

  #setConfigs(
    resource: ConfigResource,
    name: string,
    values: ConfigValues | Outcome,
    options: Checked | undefined,
  ): Outcome {
    if ('errorCode' in values) return values;
    const problem = problemWithMinInsync(this.image, resource, name, values);
    if (problem !== null) return problem;
    if (options?.validateOnly === true || values.size === 0) return DONE;
    this.#commit([...values].map(([key, value]) => ({ type: 'config', resource, name, key, value })));
    if (values.has('min.insync.replicas'))
      this.#commit(elections.recordsWithoutElr(this.#state, resource, name));
    // A topic that now allows unclean elections may get its offline partitions back.
    if (values.has('unclean.leader.election.enable')) this.#commit(elections.recordsForOffline(this.#state));
    return DONE;
  }

  #putBroker(broker: BrokerRegistration): void {
    this.#commit([{ type: 'broker', broker }]);
  }

  #values(records: Iterable<StoredRecord>): Buffer[] {
    const kafka = new KafkaRecords(this.image);
    return [...records].flatMap((record) => [...kafka.values(record)]);
  }

  #commit(records: readonly StoredRecord[]): void {
    if (records.length === 0) return;
    this.#log.append(this.#values(records));
    this.#applyAndTell(records);
  }

  #applyAndTell(records: readonly MetadataRecord[]): void {
    const delta = new DeltaBuilder();
    this.#apply(records, delta);
    this.#untold.push(delta);
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift()) {
        for (const listener of [...this.#listeners]) listener(this.image, next);
      }
    } finally {
      this.#telling = false;
    }
  }

  #apply(records: readonly MetadataRecord[], delta: DeltaBuilder): void {
    applyRecords(this.image, records, delta);
    for (const record of records) {
      if (record.type === 'producer-ids') this.#nextProducerId = record.next;
      if (record.type === 'controller') {
        this.#controllerId = record.id;
        this.#controllerEpoch = record.epoch;
      }
    }
    this.image.offset = this.#log.endOffset - 1;
  }

  #writeSnapshot(): void {
    const kafka = new KafkaRecords(new MetadataImage(this.image.clusterId));
    const next = this.#nextProducerId;
    this.#log.writeSnapshot(
      (function* (image) {
        for (const record of recordsOf(image)) yield* kafka.values(record);
        yield* kafka.values({ type: 'producer-ids', next });
      })(this.image),
    );
    // Who holds the role is not in a snapshot: it is told again behind it.
    this.#log.appendTerm({ id: this.#controllerId, epoch: this.#controllerEpoch }, [
      ...this.image.brokers.keys(),
    ]);
  }
}
