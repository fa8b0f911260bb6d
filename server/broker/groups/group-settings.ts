import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { parseList } from '../config/definition.ts';
import { brokerConfig, brokerConfigNumber } from '../config/resolve.ts';

/** The broker configs that the group coordinator obeys. Times in milliseconds. */
export interface GroupSettings {
  /** `group.initial.rebalance.delay.ms` */
  readonly initialRebalanceDelayMs: number;
  /** `group.min.session.timeout.ms` */
  readonly minSessionTimeoutMs: number;
  /** `group.max.session.timeout.ms` */
  readonly maxSessionTimeoutMs: number;
  /** `group.max.size` */
  readonly maxSize: number;
  /** `offset.metadata.max.bytes` */
  readonly offsetMetadataMaxBytes: number;
  /** `offsets.retention.minutes` */
  readonly offsetsRetentionMs: number;
  /** `offsets.retention.check.interval.ms` */
  readonly retentionCheckIntervalMs: number;
  /** `offsets.commit.timeout.ms` */
  readonly commitTimeoutMs: number;
  /** `group.share.max.size` */
  readonly shareMaxSize: number;
  /** `group.streams.max.size` */
  readonly streamsMaxSize: number;
  /** `group.consumer.max.size` */
  readonly consumerMaxSize: number;
  /** `group.consumer.assignors`: the first is taken when members do not say. */
  readonly consumerAssignors: readonly string[];
  /** `group.consumer.migration.policy` */
  readonly consumerMigrationPolicy: string;
  /** How often regular expressions are matched anew when no topic was made. */
  readonly consumerRegexRefreshIntervalMs: number;
}

/** Kafka's default of `group.consumer.regex.refresh.interval.ms`, which is internal. */
const REGEX_REFRESH_INTERVAL_MS = 600_000;

export function groupSettings(cluster: Cluster, broker: Broker): GroupSettings {
  const number = (name: string) => brokerConfigNumber(cluster, broker, name);
  return {
    initialRebalanceDelayMs: number('group.initial.rebalance.delay.ms'),
    minSessionTimeoutMs: number('group.min.session.timeout.ms'),
    maxSessionTimeoutMs: number('group.max.session.timeout.ms'),
    maxSize: number('group.max.size'),
    offsetMetadataMaxBytes: number('offset.metadata.max.bytes'),
    offsetsRetentionMs: number('offsets.retention.minutes') * 60_000,
    retentionCheckIntervalMs: number('offsets.retention.check.interval.ms'),
    commitTimeoutMs: number('offsets.commit.timeout.ms'),
    shareMaxSize: number('group.share.max.size'),
    streamsMaxSize: number('group.streams.max.size'),
    consumerMaxSize: number('group.consumer.max.size'),
    consumerAssignors: parseList(brokerConfig(cluster, broker, 'group.consumer.assignors') ?? ''),
    consumerMigrationPolicy: (
      brokerConfig(cluster, broker, 'group.consumer.migration.policy') ?? ''
    ).toLowerCase(),
    consumerRegexRefreshIntervalMs: REGEX_REFRESH_INTERVAL_MS,
  };
}
