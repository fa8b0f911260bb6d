import type { ConfigEntry } from '../../lib/contract/configs.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';

export interface PartitionOffsets {
  logStartOffset: number;
  /** The high watermark: ListOffsets latest. */
  logEndOffset: number;
}

/** What is costly and therefore read only for what is seen; cached for a moment, one request at a time. */
export declare class ClusterReads {
  constructor(options: { client: ClusterClient; snapshots: SnapshotKeeper });
  /** Every config of a topic, read now. Throws a Failure. */
  topicConfigs(topic: string): Promise<ConfigEntry[]>;
  /** Every config of a broker, read now from that broker. Throws a Failure. */
  brokerConfigs(broker: number): Promise<ConfigEntry[]>;
  /** Sizes on disk by broker, then by partition, as the log dirs tell; brokers that did not answer are missing. */
  topicSizes(topic: string): Promise<Map<number, Map<number, number>>>;
  /** By partition; null for one whose leader did not answer. */
  topicOffsets(topic: string): Promise<Map<number, PartitionOffsets | null>>;
  /** Forgets what is cached of a topic: call it after changing the topic. */
  forgetTopic(topic: string): void;
}
