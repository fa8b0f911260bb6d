/** What a log and its partition obey: the topic's configs over the brokers' over Kafka's defaults. Times in milliseconds, sizes in bytes. */
export interface LogConfig {
  readonly segmentBytes: number;
  /** Also max.compaction.lag.ms rolls a compacted log: nothing is compacted while it is in the active segment. */
  readonly segmentMs: number;
  readonly segmentJitterMs: number;
  /** -1: no limit. */
  readonly retentionMs: number;
  /** -1: no limit. */
  readonly retentionBytes: number;
  readonly indexIntervalBytes: number;
  readonly segmentIndexBytes: number;
  readonly maxMessageBytes: number;
  readonly minInsyncReplicas: number;
  readonly deletes: boolean;
  readonly compacts: boolean;
  readonly deleteRetentionMs: number;
  readonly minCleanableDirtyRatio: number;
  readonly minCompactionLagMs: number;
  readonly maxCompactionLagMs: number;
  /** `producer`: keep what the producer chose. */
  readonly compressionType: string;
  /** Of `compressionType`; undefined where it has none. */
  readonly compressionLevel: number | undefined;
  readonly logAppendTime: boolean;
  readonly timestampBeforeMaxMs: number;
  readonly timestampAfterMaxMs: number;
  readonly uncleanLeaderElection: boolean;
  readonly flushMessages: number;
  readonly flushMs: number;
  readonly fileDeleteDelayMs: number;
}

const HOUR_MS = 3_600_000;
const DEFAULT_LEVELS: Readonly<Record<string, string>> = { gzip: '-1', zstd: '3' };
const LONG_MAX = '9223372036854775807';

/** Topic config → the broker configs that stand behind it, in Kafka's order of precedence, with the factor to its unit. */
const SYNONYMS: Readonly<Record<string, readonly (readonly [name: string, factor: number])[]>> = {
  'segment.bytes': [['log.segment.bytes', 1]],
  'segment.ms': [
    ['log.roll.ms', 1],
    ['log.roll.hours', HOUR_MS],
  ],
  'segment.jitter.ms': [
    ['log.roll.jitter.ms', 1],
    ['log.roll.jitter.hours', HOUR_MS],
  ],
  'file.delete.delay.ms': [['log.segment.delete.delay.ms', 1]],
  'retention.ms': [
    ['log.retention.ms', 1],
    ['log.retention.minutes', 60_000],
    ['log.retention.hours', HOUR_MS],
  ],
  'retention.bytes': [['log.retention.bytes', 1]],
  'index.interval.bytes': [['log.index.interval.bytes', 1]],
  'segment.index.bytes': [['log.index.size.max.bytes', 1]],
  'max.message.bytes': [['message.max.bytes', 1]],
  'min.insync.replicas': [['min.insync.replicas', 1]],
  'cleanup.policy': [['log.cleanup.policy', 1]],
  'delete.retention.ms': [['log.cleaner.delete.retention.ms', 1]],
  'min.cleanable.dirty.ratio': [['log.cleaner.min.cleanable.ratio', 1]],
  'min.compaction.lag.ms': [['log.cleaner.min.compaction.lag.ms', 1]],
  'max.compaction.lag.ms': [['log.cleaner.max.compaction.lag.ms', 1]],
  'compression.type': [['compression.type', 1]],
  'compression.gzip.level': [['compression.gzip.level', 1]],
  'compression.zstd.level': [['compression.zstd.level', 1]],
  'message.timestamp.type': [['log.message.timestamp.type', 1]],
  'message.timestamp.before.max.ms': [['log.message.timestamp.before.max.ms', 1]],
  'message.timestamp.after.max.ms': [['log.message.timestamp.after.max.ms', 1]],
  'unclean.leader.election.enable': [['unclean.leader.election.enable', 1]],
  'flush.messages': [['log.flush.interval.messages', 1]],
  'flush.ms': [
    ['log.flush.interval.ms', 1],
    ['log.flush.scheduler.interval.ms', 1],
  ],
};

/** Where a broker config is looked up: dynamic for this broker, dynamic for all, static. First hit wins. */
export type BrokerConfigLookup = (name: string) => string | undefined;

/** Values are taken as valid: `config/` checked them when they were set; what cannot be read falls back to the default. */
export function resolveLogConfig(
  topic: ReadonlyMap<string, string>,
  brokerConfig: BrokerConfigLookup,
): LogConfig {
  const text = (name: string, kafkaDefault: string): string => {
    const own = topic.get(name);
    if (own !== undefined) return own;
    for (const [synonym, factor] of SYNONYMS[name] ?? []) {
      const value = brokerConfig(synonym);
      if (value !== undefined) return factor === 1 ? value : String(Number(value) * factor);
    }
    return kafkaDefault;
  };
  const number = (name: string, kafkaDefault: string): number => {
    const value = Number(text(name, kafkaDefault));
    return Number.isFinite(value) ? value : Number(kafkaDefault);
  };
  const policies = text('cleanup.policy', 'delete')
    .split(',')
    .map((policy) => policy.trim());
  const segmentMs = number('segment.ms', '604800000');
  const maxCompactionLagMs = number('max.compaction.lag.ms', LONG_MAX);
  const compressionType = text('compression.type', 'producer');
  const level = DEFAULT_LEVELS[compressionType];
  return {
    segmentBytes: number('segment.bytes', '1073741824'),
    segmentMs: policies.includes('compact') ? Math.min(segmentMs, maxCompactionLagMs) : segmentMs,
    segmentJitterMs: number('segment.jitter.ms', '0'),
    retentionMs: number('retention.ms', '604800000'),
    retentionBytes: number('retention.bytes', '-1'),
    indexIntervalBytes: number('index.interval.bytes', '4096'),
    segmentIndexBytes: number('segment.index.bytes', '10485760'),
    maxMessageBytes: number('max.message.bytes', '1048588'),
    minInsyncReplicas: number('min.insync.replicas', '1'),
    deletes: policies.includes('delete'),
    compacts: policies.includes('compact'),
    deleteRetentionMs: number('delete.retention.ms', '86400000'),
    minCleanableDirtyRatio: number('min.cleanable.dirty.ratio', '0.5'),
    minCompactionLagMs: number('min.compaction.lag.ms', '0'),
    maxCompactionLagMs,
    compressionType,
    compressionLevel: level === undefined ? undefined : number(`compression.${compressionType}.level`, level),
    logAppendTime: text('message.timestamp.type', 'CreateTime') === 'LogAppendTime',
    timestampBeforeMaxMs: number('message.timestamp.before.max.ms', LONG_MAX),
    timestampAfterMaxMs: number('message.timestamp.after.max.ms', '3600000'),
    uncleanLeaderElection: text('unclean.leader.election.enable', 'false') === 'true',
    flushMessages: number('flush.messages', LONG_MAX),
    flushMs: number('flush.ms', LONG_MAX),
    fileDeleteDelayMs: number('file.delete.delay.ms', '60000'),
  };
}
