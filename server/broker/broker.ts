import type { Controller } from './controller/controller.ts';
import { canLead } from './controller/controller-state.ts';
import type { BrokerAddress, MetadataDelta, TopicImage } from './controller/metadata-image.ts';
import {
  type Checkpoint,
  CheckpointWriter,
  clearCleanShutdown,
  markCleanShutdown,
  readCheckpoint,
  topicIdOf,
  wasCleanlyShutDown,
} from './log/checkpoints.ts';
import type { CleanerLimits } from './log/compaction/clean-log.ts';
import { type CleanableLog, cleanable } from './log/compaction/cleanable.ts';
import { DELETED_DIRECTORY } from './log/disk-files.ts';
import type { FileStore } from './log/file-store.ts';
import type { LogConfig } from './log/log-config.ts';
import { LogDirHealth } from './log/log-dir-health.ts';
import { formatLogDir } from './log/meta-properties.ts';
import type { RecentBatches } from './log/recent-batches.ts';
import { LogConfigs } from './replica/log-configs.ts';
import { Partition } from './replica/partition.ts';
import type { PartitionHost } from './replica/partition-host.ts';
import { type LeaderLink, type PartitionFetch, ReplicaFetcher } from './replica/replica-fetcher.ts';
import type { KeptLog } from './replica/replica-log.ts';
import { Replicas } from './replica/replicas.ts';
import { ReplicationThrottle } from './replica/replication-throttle.ts';
import type { ReadResult } from './replica/results.ts';

export type BrokerState = 'starting' | 'running' | 'stopping' | 'stopped';
/** controlled: leadership moves first; hard: as if its power were cut. */
export type StopMode = 'controlled' | 'hard';

/** What a broker listens on; made by `net/` and handed to the cluster, which opens and closes it. */
export interface Listener extends BrokerAddress {
  /** Its listeners beside the plain one, by name. */
  readonly furtherListeners?: Readonly<Record<string, BrokerAddress>>;
  /** controlled: what is under way is answered first; hard: connections are destroyed at once. */
  close(mode: StopMode): Promise<void>;
}

/** What a broker needs of the cluster around it. */
export interface BrokerSurroundings extends LeaderLink {
  readonly controller: Controller;
  readonly recent: RecentBatches;
  readonly staticConfigs: Readonly<Record<string, string>>;
  now(): number;
  log(message: string): void;
  /** Tells a follower's broker that its leader, `leaderId`, has something for it. */
  wake(followerId: number, leaderId: number, topic: string, partition: number): void;
  /** Whether a broker is cut off from the others and the controller. */
  isCut(brokerId: number): boolean;
}

/** Recovery lets others work after this long. */
const MAX_TURN_MS = 10;
const PRODUCER_ID_BLOCK = 1000;
const DEFAULT_DEDUPE_BUFFER_BYTES = 128 * 1024 * 1024;
const DEFAULT_DEDUPE_LOAD_FACTOR = 0.9;
const DEFAULT_LAG_TIME_MAX_MS = 30_000;
const DEFAULT_PRODUCER_EXPIRATION_MS = 86_400_000;

type LeadershipListener = (partition: Partition, leading: boolean) => void;

/** One broker of the cluster: its replicas, and the fetchers that keep those it follows up to date. */
export class Broker implements PartitionHost<Partition> {
  readonly id: number;
  readonly rack: string | null;
  readonly store: FileStore;
  readonly recent: RecentBatches;
  readonly partitions = new Replicas();
  readonly logDirHealth: LogDirHealth;
  state: BrokerState = 'stopped';
  /** Null while it does not listen. */
  listener: Listener | null = null;
  readonly #cluster: BrokerSurroundings;
  readonly followerThrottle: ReplicationThrottle;
  readonly #leaderThrottle: ReplicationThrottle;
  readonly #configs: LogConfigs;
  readonly #checkpoints: CheckpointWriter;
  readonly #fetchers = new Map<number, ReplicaFetcher>();
  #producerIds = { next: 0, end: 0 };
  readonly #leadershipListeners = new Set<LeadershipListener>();

  constructor(
    place: { readonly id: number; readonly rack: string | null },
    store: FileStore,
    cluster: BrokerSurroundings,
  ) {
    this.id = place.id;
    this.rack = place.rack;
    this.store = store;
    this.recent = cluster.recent;
    this.#cluster = cluster;
    this.#configs = new LogConfigs(cluster.controller.image, place.id, cluster.staticConfigs);
    const config = (name: string) => this.brokerConfig(name);
    const { image } = cluster.controller;
    this.#leaderThrottle = new ReplicationThrottle('leader', this.id, image, config);
    this.followerThrottle = new ReplicationThrottle('follower', this.id, image, config);
    this.#checkpoints = new CheckpointWriter(store);
    this.logDirHealth = new LogDirHealth(store, (message) => cluster.log(message));
  }

  /** Absolute path, or `memory` when nothing is kept on disk. */
  get logDir(): string {
    return this.store.root;
  }

  get replicaLagTimeMaxMs(): number {
    return this.#number('replica.lag.time.max.ms', DEFAULT_LAG_TIME_MAX_MS);
  }

  get verifiesTransactions(): boolean {
    return this.brokerConfig('transaction.partition.verification.enable') !== 'false';
  }

  /** Whether it can be asked: it holds its replicas and serves them. */
  get isServing(): boolean {
    return this.state === 'running' || this.state === 'stopping';
  }

  /** Whether what is in its log dir was left by a crash. */
  get needsRecovery(): boolean {
    return this.store.directories().length > 0 && !wasCleanlyShutDown(this.store);
  }

  /**
   * Tells when a replica of this broker becomes leader (`leading` true) or stops being it (moved, stopped or deleted),
   * for the group coordinator. Returns how to stop listening.
   */
  onLeadership(listener: LeadershipListener): () => void {
    this.#leadershipListeners.add(listener);
    return () => this.#leadershipListeners.delete(listener);
  }

  /** A broker config: dynamic for this broker, dynamic for all, static. Undefined: Kafka's default holds. */
  brokerConfig(name: string): string | undefined {
    return this.#configs.brokerConfig(name);
  }

  /** A producer id that nobody else has or gets. Brokers take them from the controller in blocks. */
  nextProducerId(): number {
    if (this.#producerIds.next === this.#producerIds.end) {
      const { first, count } = this.#cluster.controller.allocateProducerIds(PRODUCER_ID_BLOCK);
      this.#producerIds = { next: first, end: first + count };
    }
    return this.#producerIds.next++;
  }

  /** Takes up the replicas that the metadata gives it, with what the log dir holds of them. Nothing leads or fetches yet. */
  async open(): Promise<void> {
    formatLogDir(this.store, this.#cluster.controller.image.clusterId, this.id);
    const clean = wasCleanlyShutDown(this.store);
    const checkpoint = (name: Checkpoint) => readCheckpoint(this.store, name);
    const starts = checkpoint('log-start-offset-checkpoint');
    const highWatermarks = checkpoint('replication-offset-checkpoint');
    const recoveryPoints = checkpoint('recovery-point-offset-checkpoint');
    const cleaned = checkpoint('cleaner-offset-checkpoint');
    const ends = clean ? checkpoint('log-end-offset-checkpoint') : new Map<string, number>();
    const directories = new Set(this.store.directories());
    const wanted = new Set<string>();
    for (const topic of this.#cluster.controller.image.topics.values()) {
      for (const image of topic.partitions) {
        if (!image.replicas.includes(this.id)) continue;
        const name = `${topic.name}-${image.partition}`;
        const isThere = directories.has(name) && topicIdOf(this.store, name) === topic.id;
        if (isThere) wanted.add(name);
        else if (directories.has(name)) this.store.discardDirectory(name, 0);
        const kept: KeptLog = {
          logStartOffset: starts.get(name) ?? 0,
          highWatermark: highWatermarks.get(name) ?? 0,
          recoveryPoint: clean ? Number.POSITIVE_INFINITY : (recoveryPoints.get(name) ?? 0),
          cleanedTo: cleaned.get(name) ?? 0,
          logEndOffset: ends.get(name) ?? null,
        };
        this.partitions.add(new Partition(this, topic, image, isThere ? kept : null));
      }
    }
    // Folders of topics that were deleted, or of replicas that were moved, while this broker was away.
    for (const name of directories) {
      if (name.endsWith(DELETED_DIRECTORY)) this.store.removeDirectory(name);
      else if (!wanted.has(name) && topicIdOf(this.store, name) !== null)
        this.store.discardDirectory(name, 0);
    }
    clearCleanShutdown(this.store);
    if (!clean) await this.#recover();
  }

  /** Takes its part in the cluster as the metadata says it now. */
  takePart(): void {
    this.#configs.brokersChanged();
    const { topics } = this.#cluster.controller.image;
    for (const topic of topics.values()) {
      for (const replica of this.partitions.ofTopic(topic.name)) {
        const image = topic.partitions[replica.partition];
        if (replica.topicId === topic.id && image !== undefined) replica.applyImage(image);
      }
    }
  }

  /** Catches up with the metadata after a time in which it heard of no change. */
  catchUp(): void {
    const { topics } = this.#cluster.controller.image;
    const names = new Set([...topics.keys(), ...Array.from(this.partitions, ({ topic }) => topic)]);
    for (const name of names) this.#applyTopic(name, topics.get(name));
    this.takePart();
  }

  /** Follows a change of the metadata. */
  applyDelta(delta: MetadataDelta): void {
    if (this.#cluster.isCut(this.id)) return;
    if (delta.brokerConfigs.size > 0) this.#configs.brokersChanged();
    for (const topic of delta.topicConfigs) this.#configs.topicChanged(topic);
    for (const topic of delta.topics) {
      this.#configs.topicChanged(topic);
      this.#applyTopic(topic, this.#cluster.controller.image.topic(topic));
    }
  }

  /** Serves a follower's request. */
  serveFollower(requests: readonly PartitionFetch[]): (ReadResult | null)[] {
    const now = this.now();
    return requests.map((request) => {
      const { topic, partition: number, replicaId } = request;
      const partition = this.partitions.get(topic, number);
      if (partition === undefined) return null;
      const isInSync = partition.image.isr.includes(replicaId);
      if (!isInSync && this.#leaderThrottle.holds(topic, number, now)) return null;
      const answer = partition.readForFollower(request);
      const bytes = answer.records.reduce((sum, records) => sum + records.length, 0);
      this.#leaderThrottle.record(topic, number, bytes, now);
      return answer;
    });
  }

  /** A leader has something for the replica that this broker holds. */
  wakeFetcher(leaderId: number, topic: string, partition: number): void {
    const replica = this.partitions.get(topic, partition);
    if (replica !== undefined && this.state !== 'stopped') this.#fetcherFrom(leaderId).want(replica);
  }

  /** Copies all that a leader still has for this broker, now. */
  drainFetcher(leaderId: number): void {
    this.#fetchers.get(leaderId)?.drain();
  }

  /** Periodic work on its replicas. */
  sweep(): void {
    const now = this.now();
    const expiration = this.#number('producer.id.expiration.ms', DEFAULT_PRODUCER_EXPIRATION_MS);
    for (const partition of this.partitions) {
      try {
        partition.sweep(now, expiration);
      } catch (error) {
        this.storageFailed(partition, error);
      }
    }
  }

  /** Forces to the device what `flush.ms` no longer lets wait. */
  flushDue(): void {
    const now = this.now();
    for (const partition of this.partitions) partition.flushIfDue(now);
  }

  /** The logs of compacted topics that are worth compacting now. */
  *cleanableLogs(): Generator<CleanableLog, void, void> {
    if (this.brokerConfig('log.cleaner.enable') === 'false') return;
    const now = this.now();
    for (const topic of this.#cluster.controller.image.topics.values()) {
      const config = this.logConfig(topic.name);
      if (!config.compacts) continue;
      for (const partition of this.partitions.ofTopic(topic.name)) {
        const log = partition.stored.toClean();
        const found = log === null ? null : cleanable(log, config, partition.lastStableOffset, now);
        if (found !== null) yield found;
      }
    }
  }

  get cleanerLimits(): CleanerLimits {
    return {
      mapBytes: this.#number('log.cleaner.dedupe.buffer.size', DEFAULT_DEDUPE_BUFFER_BYTES),
      loadFactor: this.#number('log.cleaner.io.buffer.load.factor', DEFAULT_DEDUPE_LOAD_FACTOR),
    };
  }

  /** Late followers leave the ISRs of the partitions it leads. */
  shrinkIsrs(): void {
    const now = this.now();
    for (const partition of this.partitions) partition.shrinkIsr(now);
  }

  /** Notes how far its logs are, for a start after a crash. What a full disk does not take is written the next time. */
  noteProgress(): void {
    try {
      this.#writeCheckpoints();
    } catch (error) {
      this.logDirHealth.failed(`Broker ${this.id} can't write its checkpoints`, error);
    }
  }

  /** Stops with everything in order on disk. What a full disk did not take is mended by the next start. */
  close(): void {
    this.#stopFetchers();
    try {
      for (const partition of this.partitions) partition.close();
      this.#checkpoint('log-end-offset-checkpoint', this.#stored(), (partition) => partition.logEndOffset);
      this.#writeCheckpoints();
      markCleanShutdown(this.store);
    } catch (error) {
      this.#cluster.log(`Broker ${this.id} could not leave its logs in order: ${error}`);
      for (const partition of this.partitions) partition.release();
    }
    this.partitions.clear();
    this.store.close();
  }

  /** Stops as if its power were cut. */
  release(): void {
    this.#stopFetchers();
    for (const partition of this.partitions) partition.release();
    this.partitions.clear();
    this.store.close();
  }

  now(): number {
    return this.#cluster.now();
  }

  logConfig(topic: string): LogConfig {
    return this.#configs.of(topic);
  }

  isEligible(brokerId: number): boolean {
    return canLead(this.#cluster.controller.image, brokerId);
  }

  proposeIsr(partition: Partition, isr: readonly number[]): void {
    const { leader, leaderEpoch, partitionEpoch } = partition.image;
    const { topic } = partition;
    if (this.#cluster.isCut(this.id)) return;
    const wish = { topic, partition: partition.partition, leader, leaderEpoch, partitionEpoch, isr };
    try {
      this.#cluster.controller.alterIsr(wish);
    } catch (error) {
      // The metadata can't be written now. The next fetch or check proposes the same again.
      this.logDirHealth.failed(`The in-sync replicas of ${partition.name} can't be changed`, error);
    }
  }

  wakeFollower(brokerId: number, partition: Partition): void {
    this.#cluster.wake(brokerId, this.id, partition.topic, partition.partition);
  }

  startFetching(partition: Partition): void {
    this.#fetcherFrom(partition.image.leader).want(partition);
  }

  storageFailed(partition: Partition, error: unknown): void {
    this.logDirHealth.failed(`Broker ${this.id} can't write ${partition.name}`, error);
  }

  /** Looks whether a log dir that refused writes takes them again; then what waited for that goes on. */
  checkLogDir(): void {
    if (!this.logDirHealth.recovers()) return;
    for (const partition of this.partitions) {
      const { leader } = partition.image;
      if (leader >= 0 && partition.follows(leader)) this.startFetching(partition);
    }
  }

  leadershipChanged(partition: Partition, leading: boolean): void {
    for (const listener of [...this.#leadershipListeners]) listener(partition, leading);
  }

  #applyTopic(name: string, topic: TopicImage | undefined): void {
    for (const replica of this.partitions.ofTopic(name)) {
      const image = replica.topicId === topic?.id ? topic.partitions[replica.partition] : undefined;
      if (image?.replicas.includes(this.id)) continue;
      this.partitions.remove(replica);
      replica.delete();
    }
    for (const image of topic?.partitions ?? []) {
      if (!image.replicas.includes(this.id)) continue;
      const known = this.partitions.get(name, image.partition);
      if (known?.image === image) continue;
      const replica = known ?? new Partition(this, topic!, image, null);
      if (known === undefined) this.partitions.add(replica);
      replica.applyImage(image);
    }
  }

  async #recover(): Promise<void> {
    let turnStart = performance.now();
    for (const partition of this.partitions) {
      const steps = partition.opening();
      while (!steps.next().done) {
        if (performance.now() - turnStart < MAX_TURN_MS) continue;
        await new Promise((resolve) => setImmediate(resolve));
        turnStart = performance.now();
      }
    }
  }

  #fetcherFrom(leaderId: number): ReplicaFetcher {
    let fetcher = this.#fetchers.get(leaderId);
    if (fetcher === undefined) {
      fetcher = new ReplicaFetcher(leaderId, this.#cluster, this);
      this.#fetchers.set(leaderId, fetcher);
    }
    return fetcher;
  }

  #stopFetchers(): void {
    for (const fetcher of this.#fetchers.values()) fetcher.stop();
    this.#fetchers.clear();
  }

  #writeCheckpoints(): void {
    const stored = this.#stored();
    this.#checkpoint('replication-offset-checkpoint', stored, (partition) => partition.highWatermark);
    this.#checkpoint(
      'recovery-point-offset-checkpoint',
      stored,
      (partition) => partition.stored.recoveryPoint,
    );
    this.#checkpoint('log-start-offset-checkpoint', stored, (partition) => partition.logStartOffset);
    this.#checkpoint('cleaner-offset-checkpoint', stored, (partition) => partition.stored.cleanedTo || null);
  }

  /** The replicas that have anything on disk. */
  #stored(): Partition[] {
    const stored: Partition[] = [];
    for (const partition of this.partitions) if (partition.stored.exists) stored.push(partition);
    return stored;
  }

  #checkpoint(
    name: Checkpoint,
    stored: readonly Partition[],
    offsetOf: (partition: Partition) => number | null,
  ): void {
    const entries = [];
    for (const partition of stored) {
      const { topic, partition: number } = partition;
      const offset = offsetOf(partition);
      if (offset !== null) entries.push({ topic, partition: number, offset });
    }
    this.#checkpoints.write(name, entries);
  }

  #number(name: string, kafkaDefault: number): number {
    const value = Number(this.brokerConfig(name) ?? kafkaDefault);
    return Number.isFinite(value) ? value : kafkaDefault;
  }
}
