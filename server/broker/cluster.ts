import type { Broker, Listener, StopMode } from './broker.ts';
import type { ConfigRules } from './controller/config-rules.ts';
import type { Controller } from './controller/controller.ts';
import type { MetadataImage } from './controller/metadata-image.ts';

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
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly log?: (message: string) => void;
}

export interface Cluster {
  readonly clusterId: string;
  readonly options: ClusterOptions;
  readonly controller: Controller;
  readonly image: MetadataImage;
  readonly brokers: ReadonlyMap<number, Broker>;
  /** Opens the data dir, recovers, starts all brokers. @throws Error with one clear line when the data dir is in use or unreadable. */
  start(): Promise<void>;
  /** Resolves when the broker is out of every ISR it can leave and no longer listens. Does nothing when it is stopped already. */
  stopBroker(id: number, mode: StopMode): Promise<void>;
  /** Resolves when it is registered, unfenced and listens; its replicas catch up afterwards. */
  startBroker(id: number): Promise<void>;
  /** Stops all brokers cleanly and gives the data dir back. */
  close(): Promise<void>;
  /** Called when a broker's state changed. Returns how to stop listening. */
  onBrokerState(listener: (broker: Broker) => void): () => void;
}
