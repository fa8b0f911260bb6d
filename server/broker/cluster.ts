import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Broker, type BrokerSurroundings, type Listener, type StopMode } from './broker.ts';
import type { ConfigRules } from './controller/config-rules.ts';
import { Controller } from './controller/controller.ts';
import type { MetadataImage } from './controller/metadata-image.ts';
import { MetadataLog } from './controller/metadata-log.ts';
import type { Random } from './controller/placement.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { Faults } from './faults.ts';
import { LogCleaner } from './log/compaction/log-cleaner.ts';
import { DiskFiles } from './log/disk-files.ts';
import type { FileStore } from './log/file-store.ts';
import { MemoryFiles } from './log/memory-files.ts';
import { RecentBatches } from './log/recent-batches.ts';

export interface BrokerPlace {
  readonly id: number;
  readonly rack: string | null;
}

export interface ClusterOptions {
  /** Null keeps everything in memory. */
  readonly dataDir: string | null;
  /** 1 to 9 brokers. */
  readonly brokers: readonly BrokerPlace[];
  /** How long a broker that was stopped hard stays unfenced, in milliseconds (1000). */
  readonly sessionTimeoutMs?: number;
  /** The brokers' static configs, e.g. `num.partitions`, `log.retention.ms`; the rest are Kafka's defaults. */
  readonly brokerConfigs?: Readonly<Record<string, string>>;
  readonly configRules: ConfigRules;
  /** Opens a broker's listener; left out, brokers are reachable only in this process. */
  readonly listen?: (broker: Broker, cluster: Cluster) => Promise<Listener>;
  /** Where a broker (`broker-1`) or the controller (`metadata`) keeps its files, instead of in the data dir. */
  readonly openStore?: (name: string) => FileStore;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly log?: (message: string) => void;
  readonly random?: Random;
}

const DEFAULT_SESSION_TIMEOUT_MS = 1000;
const MAX_BROKERS = 9;
const DEFAULT_LEADER_CHECK_SECONDS = 300;
/** The newest batches kept in memory, counted once for each replica that holds them; the bytes are shared. */
const RECENT_BYTES = 24 * 1024 * 1024;
const SWEEP_MS = 250;
const CHECKPOINT_MS = 5000;
/** Kafka looks for what flush.ms makes due only as often as log.flush.scheduler.interval.ms says: by default never. */
const FLUSH_CHECK_MS = 1000;
const LOG_DIR_CHECK_MS = 1000;
const DEFAULT_CLEANER_BACKOFF_MS = 15_000;
const DEFAULT_TOKEN_CHECK_MS = 3_600_000;
const DEFAULT_RETENTION_CHECK_MS = 300_000;

/** The embedded cluster: its brokers, its controller and its data, in this process. */
export class Cluster {
  readonly options: ClusterOptions;
  readonly brokers = new Map<number, Broker>();
  /** What was made to go wrong between the brokers. */
  readonly faults = new Faults();
  #surroundings: BrokerSurroundings | null = null;
  #controller: Controller | null = null;
  #metadataStore: FileStore | null = null;
  #metadataLog: MetadataLog | null = null;
  #unlock: (() => void) | null = null;
  #sweeper: NodeJS.Timeout | null = null;
  readonly #cleaner = new LogCleaner(
    () => [...this.brokers.values()].filter((broker) => broker.state === 'running'),
    (message) => this.#log(message),
  );
  readonly #sessionTimers = new Map<number, NodeJS.Timeout>();
  readonly #stateListeners = new Set<(broker: Broker) => void>();
  readonly #lastRun = new Map<string, number>();

  constructor(options: ClusterOptions) {
    this.options = options;
  }

  get clusterId(): string {
    return this.image.clusterId;
  }

  get image(): MetadataImage {
    return this.controller.image;
  }

  /** @throws Error before `start` */
  get controller(): Controller {
    if (this.#controller === null) throw new Error('The cluster is not started');
    return this.#controller;
  }

  now(): number {
    return (this.options.now ?? Date.now)();
  }

  /**
   * Opens the data dir, recovers what a crash left, starts all brokers.
   * @throws Error with one clear line when the data dir is in use or unreadable, or a listener can't be opened
   */
  async start(): Promise<void> {
    const { dataDir } = this.options;
    if (dataDir !== null) this.#unlock = lockDataDir(dataDir);
    try {
      await this.#open();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /**
   * controlled: resolves when its leadership has moved and it no longer listens. hard: when it no longer listens; it is
   * fenced when its session times out. Does nothing when it is stopped already.
   */
  async stopBroker(id: number, mode: StopMode): Promise<void> {
    const broker = this.#broker(id);
    if (broker.state !== 'running') return;
    if (mode === 'controlled') await this.#stopControlled(broker);
    else await this.#stopHard(broker);
  }

  /** Resolves when it is registered, unfenced and listens; its replicas catch up afterwards. */
  async startBroker(id: number): Promise<void> {
    const broker = this.#broker(id);
    if (broker.state !== 'stopped') return;
    this.#setState(broker, 'starting');
    try {
      this.#endSession(broker);
      await broker.open();
      await this.#listen(broker);
    } catch (error) {
      broker.release();
      this.#setState(broker, 'stopped');
      throw error;
    }
    this.#join(broker);
  }

  /**
   * Adds a broker and starts it: it holds nothing until replicas are given to it. Takes the next free id.
   * @throws RangeError when there are as many as there can be
   */
  async addBroker(rack: string | null): Promise<Broker> {
    const ids = [...this.brokers.keys(), ...this.image.brokers.keys()];
    if (this.brokers.size >= MAX_BROKERS) throw new RangeError(`There are ${MAX_BROKERS} brokers already`);
    const broker = this.#addBroker({ id: Math.max(...ids) + 1, rack });
    broker.state = 'stopped';
    try {
      await this.startBroker(broker.id);
    } catch (error) {
      this.brokers.delete(broker.id);
      throw error;
    }
    return broker;
  }

  /**
   * Stops a broker and forgets it.
   * @throws RangeError when there is no such broker, it is the last one, or replicas are still assigned to it
   */
  async removeBroker(id: number): Promise<void> {
    const broker = this.#broker(id);
    if (this.brokers.size === 1) throw new RangeError('The last broker stays');
    const replicas = this.controller.replicasOn(id);
    if (replicas > 0) {
      throw new RangeError(`Broker ${id} has ${replicas} replicas: reassign them to other brokers first`);
    }
    await this.stopBroker(id, 'controlled');
    this.#endSession(broker);
    this.faults.mend(id);
    this.faults.slow(id, 0);
    this.controller.unregisterBroker(id);
    this.brokers.delete(id);
  }

  /** Cuts a broker off from the others: it is fenced when its session ends, and goes on as it believes the cluster to be. */
  cutOff(id: number): void {
    const broker = this.#broker(id);
    if (this.faults.isCut(id)) return;
    this.faults.cut(id);
    if (broker.state === 'running') this.#startSessionTimer(broker);
    this.#tellState(broker);
  }

  /** Ends what `cutOff` began: the broker hears what has changed, cuts off what only it has, and takes part again. */
  mend(id: number): void {
    const broker = this.#broker(id);
    if (!this.faults.isCut(id)) return;
    this.faults.mend(id);
    if (broker.state === 'running') {
      clearTimeout(this.#sessionTimers.get(id));
      this.#sessionTimers.delete(id);
      broker.catchUp();
      for (const other of this.brokers.values()) if (other !== broker && other.isServing) other.takePart();
      this.controller.unfenceBroker(id);
    }
    this.#tellState(broker);
  }

  /** Lets a broker wait before each fetch from a leader, as one with a slow network or disk; 0 ends it. Milliseconds. */
  slowDown(id: number, delayMs: number): void {
    const broker = this.#broker(id);
    this.faults.slow(id, delayMs);
    this.#tellState(broker);
  }

  /** Stops all brokers cleanly, leaders stay where they are, and gives the data dir back. */
  async close(): Promise<void> {
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    this.#sweeper = null;
    await this.#cleaner.stop();
    for (const timer of this.#sessionTimers.values()) clearTimeout(timer);
    this.#sessionTimers.clear();
    const running = [...this.brokers.values()].filter((broker) => broker.isServing);
    for (const broker of running) this.#setState(broker, 'stopping');
    await Promise.all(running.map((broker) => this.#hangUp(broker, 'controlled')));
    for (const broker of running) this.#drainFollowersOf(broker);
    for (const broker of running) {
      broker.close();
      this.#setState(broker, 'stopped');
    }
    this.#controller?.sweep();
    this.#metadataLog?.close();
    this.#metadataStore?.close();
    this.#unlock?.();
    this.#unlock = null;
  }

  /** Called when a broker's state changed. Returns how to stop listening. */
  onBrokerState(listener: (broker: Broker) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** The periodic work of the whole cluster: one round, whatever is due. */
  sweep(): void {
    const running = [...this.brokers.values()].filter((broker) => broker.state === 'running');
    for (const broker of running) {
      const { id } = broker;
      const everyMs = (name: string, kafkaDefault: number) =>
        Number(broker.brokerConfig(name) ?? kafkaDefault);
      if (this.#isDue(`isr ${id}`, broker.replicaLagTimeMaxMs / 2)) broker.shrinkIsrs();
      if (this.#isDue(`logs ${id}`, everyMs('log.retention.check.interval.ms', DEFAULT_RETENTION_CHECK_MS))) {
        broker.sweep();
      }
      if (this.#isDue(`log dir ${id}`, LOG_DIR_CHECK_MS)) broker.checkLogDir();
      if (this.#isDue(`flush ${id}`, FLUSH_CHECK_MS)) broker.flushDue();
      if (this.#isDue('cleaner', everyMs('log.cleaner.backoff.ms', DEFAULT_CLEANER_BACKOFF_MS))) {
        void this.#cleaner.run();
      }
      if (this.#isDue(`checkpoints ${id}`, CHECKPOINT_MS)) broker.noteProgress();
    }
    if (running.length > 0) this.#balanceLeaders(running[0]!);
    const checkTokensMs = this.options.brokerConfigs?.['delegation.token.expiry.check.interval.ms'];
    if (this.#isDue('delegation tokens', Number(checkTokensMs ?? DEFAULT_TOKEN_CHECK_MS))) {
      this.#controller?.removeExpiredTokens(this.now());
    }
    this.#controller?.sweep();
  }

  /** `auto.leader.rebalance.enable`: leadership goes back to preferred leaders that can have it. */
  #balanceLeaders(broker: Broker): void {
    if (broker.brokerConfig('auto.leader.rebalance.enable') === 'false') return;
    const seconds = Number(
      broker.brokerConfig('leader.imbalance.check.interval.seconds') ?? DEFAULT_LEADER_CHECK_SECONDS,
    );
    if (this.#isDue('leaders', seconds * 1000)) this.controller.electLeaders('preferred', null);
  }

  async #open(): Promise<void> {
    const store = this.#storeAt('metadata');
    this.#metadataStore = store;
    this.#metadataLog = new MetadataLog(store, () => this.now());
    const { configRules, random, brokerConfigs } = this.options;
    const controller = new Controller(clusterIdIn(store), this.#metadataLog, configRules, random);
    this.#controller = controller;
    const surroundings: BrokerSurroundings = {
      controller,
      recent: new RecentBatches(RECENT_BYTES),
      staticConfigs: brokerConfigs ?? {},
      now: () => this.now(),
      log: (message) => this.#log(message),
      wake: (followerId, leaderId, topic, partition) => {
        if (this.faults.isCut(followerId) || this.faults.isCut(leaderId)) return;
        this.brokers.get(followerId)?.wakeFetcher(leaderId, topic, partition);
      },
      isCut: (id) => this.faults.isCut(id),
      delayMs: (id) => this.faults.delayMs(id),
      fetch: (leaderId, requests) => {
        const leader = this.brokers.get(leaderId);
        const followerId = requests[0]?.replicaId ?? -1;
        if (this.faults.isCut(leaderId) || this.faults.isCut(followerId)) return null;
        return leader?.isServing ? leader.serveFollower(requests) : null;
      },
    };
    this.#surroundings = surroundings;
    for (const place of this.options.brokers) this.#addBroker(place);
    const brokers = [...this.brokers.values()];
    controller.beginTerm(
      this.brokers.has(controller.controllerId) ? controller.controllerId : brokers[0]!.id,
      [...this.brokers.keys()],
    );
    controller.bootstrap();
    if (brokers.some((broker) => broker.needsRecovery)) controller.bumpAllEpochs();
    for (const broker of brokers) this.#setState(broker, 'starting');
    await Promise.all(brokers.map((broker) => broker.open()));
    await Promise.all(brokers.map((broker) => this.#listen(broker)));
    for (const { id } of controller.image.brokers.values())
      if (!this.brokers.has(id)) controller.fenceBroker(id);
    controller.onChange((_, delta) => {
      for (const broker of this.brokers.values()) if (broker.isServing) broker.applyDelta(delta);
    });
    for (const broker of brokers) this.#join(broker);
    this.#sweeper = setInterval(() => {
      try {
        this.sweep();
      } catch (error) {
        this.#log(`Periodic work failed: ${error}`);
      }
    }, SWEEP_MS);
  }

  async #listen(broker: Broker): Promise<void> {
    broker.listener = (await this.options.listen?.(broker, this)) ?? null;
    const { host, port, furtherListeners } = broker.listener ?? { host: 'localhost', port: 0 };
    this.controller.registerBroker({
      id: broker.id,
      host,
      port,
      rack: broker.rack,
      ...(furtherListeners === undefined ? {} : { furtherListeners }),
    });
  }

  /** An opened and registered broker takes up its work. */
  #join(broker: Broker): void {
    this.#setState(broker, 'running');
    broker.takePart();
    if (this.faults.isCut(broker.id)) return;
    this.controller.unfenceBroker(broker.id);
  }

  async #stopControlled(broker: Broker): Promise<void> {
    this.#setState(broker, 'stopping');
    // Records that acks=1 has promised are on the followers before one of them leads.
    this.#drainFollowersOf(broker);
    this.controller.beginControlledShutdown(broker.id);
    this.#handOver(broker);
    await this.#hangUp(broker, 'controlled');
    this.controller.fenceBroker(broker.id);
    broker.close();
    this.#setState(broker, 'stopped');
  }

  async #stopHard(broker: Broker): Promise<void> {
    this.#setState(broker, 'stopped');
    broker.release();
    this.#handOver(broker);
    this.#startSessionTimer(broker);
    await this.#hangUp(broker, 'hard');
  }

  #startSessionTimer(broker: Broker): void {
    const timeout = this.options.sessionTimeoutMs ?? DEFAULT_SESSION_TIMEOUT_MS;
    clearTimeout(this.#sessionTimers.get(broker.id));
    this.#sessionTimers.set(
      broker.id,
      setTimeout(() => {
        this.#handOver(broker);
        this.#endSession(broker);
      }, timeout),
    );
  }

  #addBroker(place: BrokerPlace): Broker {
    const broker = new Broker(place, this.#storeAt(`broker-${place.id}`), this.#surroundings!);
    this.brokers.set(place.id, broker);
    return broker;
  }

  /** The controller has not heard of a broker for too long, or hears of a new start: what it was is over. */
  #endSession(broker: Broker): void {
    clearTimeout(this.#sessionTimers.get(broker.id));
    this.#sessionTimers.delete(broker.id);
    this.controller.fenceBroker(broker.id);
  }

  async #hangUp(broker: Broker, mode: StopMode): Promise<void> {
    const { listener } = broker;
    broker.listener = null;
    await listener?.close(mode);
  }

  #drainFollowersOf(leader: Broker): void {
    for (const broker of this.brokers.values()) if (broker.isServing) broker.drainFetcher(leader.id);
  }

  /** The active controller's role goes to the next broker that runs. */
  #handOver(broker: Broker): void {
    if (this.controller.controllerId !== broker.id) return;
    const running = [...this.brokers.values()].filter(
      (each) => each.state === 'running' && each !== broker && !this.faults.isCut(each.id),
    );
    const next = running.find((each) => each.id > broker.id) ?? running[0];
    this.controller.takeOver(next?.id ?? -1);
  }

  #setState(broker: Broker, state: Broker['state']): void {
    broker.state = state;
    this.#tellState(broker);
  }

  #tellState(broker: Broker): void {
    for (const listener of [...this.#stateListeners]) listener(broker);
  }

  /** @throws RangeError when there is no such broker */
  #broker(id: number): Broker {
    const broker = this.brokers.get(id);
    if (broker === undefined) throw new RangeError(`There is no broker ${id}`);
    return broker;
  }

  #storeAt(name: string): FileStore {
    const { dataDir } = this.options;
    if (this.options.openStore !== undefined) return this.options.openStore(name);
    return dataDir === null ? new MemoryFiles() : new DiskFiles(join(dataDir, name));
  }

  #isDue(task: string, everyMs: number): boolean {
    const now = performance.now();
    if (now - (this.#lastRun.get(task) ?? 0) < everyMs) return false;
    this.#lastRun.set(task, now);
    return true;
  }

  #log(message: string): void {
    this.options.log?.(message);
  }
}

/** The id that was given to this data dir, or a new one. */
function clusterIdIn(store: FileStore): string {
  const known = /^cluster\.id=(\S+)$/m.exec(store.readText('meta.properties') ?? '')?.[1];
  if (known !== undefined) return known;
  const id = randomBytes(16).toString('base64url');
  store.replace('meta.properties', `version=1\ncluster.id=${id}\n`);
  return id;
}
