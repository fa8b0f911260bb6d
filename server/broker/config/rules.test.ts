import { describe, expect, test } from 'vitest';
import { BROKER_CONFIGS } from './broker-configs.ts';
import { conflictInTopicConfigs, createConfigRules, problemWithDynamicBrokerConfigs } from './rules.ts';
import { TOPIC_CONFIGS } from './topic-configs.ts';

const rules = createConfigRules({ 'log.retention.ms': '5000', 'num.partitions': '4' });

describe('what real Kafka 4.3.1 (LogConfig.validate) says', () => {
  test.each([
    ['foo', '1', 'Unknown topic config name: foo'],
    ['retention.ms', 'x', 'Invalid value x for configuration retention.ms: Not a number of type LONG'],
    ['retention.ms', '-5', 'Invalid value -5 for configuration retention.ms: Value must be at least -1'],
    ['retention.ms', '', 'Invalid value  for configuration retention.ms: Not a number of type LONG'],
    ['retention.ms', '1e5', 'Invalid value 1e5 for configuration retention.ms: Not a number of type LONG'],
    [
      'retention.ms',
      '99999999999999999999',
      'Invalid value 99999999999999999999 for configuration retention.ms: Not a number of type LONG',
    ],
    ['segment.bytes', '1', 'Invalid value 1 for configuration segment.bytes: Value must be at least 1048576'],
    [
      'segment.bytes',
      '99999999999',
      'Invalid value 99999999999 for configuration segment.bytes: Not a number of type INT',
    ],
    [
      'cleanup.policy',
      'foo',
      'Invalid value foo for configuration cleanup.policy: String must be one of: compact, delete',
    ],
    [
      'compression.type',
      '',
      'Invalid value  for configuration compression.type: String must be one of: uncompressed, zstd, lz4, snappy, gzip, producer',
    ],
    [
      'min.cleanable.dirty.ratio',
      '2',
      'Invalid value 2.0 for configuration min.cleanable.dirty.ratio: Value must be no more than 1',
    ],
    [
      'preallocate',
      'maybe',
      'Invalid value maybe for configuration preallocate: Expected value to be either true or false',
    ],
    [
      'compression.gzip.level',
      '0',
      'Invalid value 0 for configuration compression.gzip.level: Value must be between 1 and 9 or equal to -1',
    ],
    [
      'leader.replication.throttled.replicas',
      'foo',
      "Invalid value [foo] for configuration leader.replication.throttled.replicas: leader.replication.throttled.replicas must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...",
    ],
  ])('%s=%s', (name, value, message) => {
    expect(rules.problemWith('topic', name, value)).toBe(message);
  });

  test.each([
    ['retention.ms', ' 5 '],
    ['retention.ms', '-1'],
    ['cleanup.policy', ''],
    ['cleanup.policy', 'compact, delete'],
    ['preallocate', 'TRUE'],
    ['follower.replication.throttled.replicas', '*'],
    ['follower.replication.throttled.replicas', '0:1,1:2'],
  ])('%s=%s is taken', (name, value) => {
    expect(rules.problemWith('topic', name, value)).toBeNull();
  });
});

test('every default of a topic config is itself valid and documented', () => {
  expect(TOPIC_CONFIGS.size).toBe(33);
  for (const { name, defaultValue, documentation } of TOPIC_CONFIGS.values()) {
    expect(rules.problemWith('topic', name, defaultValue!)).toBeNull();
    expect(documentation).toMatch(/\.$/);
  }
});

test('a topic inherits from the broker, a broker from Kafka', () => {
  expect(rules.inherited('topic', 'retention.ms')).toBe('5000');
  expect(rules.inherited('topic', 'segment.bytes')).toBe('1073741824');
  expect(rules.inherited('broker', 'num.partitions')).toBe('4');
  expect(rules.isList('topic', 'cleanup.policy')).toBe(true);
  expect(rules.isList('topic', 'retention.ms')).toBe(false);
});

test('what can be changed on a running broker', () => {
  const problem = (brokerId: string, configs: Record<string, string | null>) =>
    problemWithDynamicBrokerConfigs(brokerId, new Map(Object.entries(configs)), () => '8');
  expect(problem('1', { 'log.retention.ms': '1', 'plugin.secret': 'x' })).toBeNull();
  expect(problem('', { 'log.retention.ms': null })).toBeNull();
  expect(problem('1', { 'node.id': '3' })).toBe('Cannot update these configs dynamically: [node.id]');
  expect(problem('', { listeners: 'PLAINTEXT://:1' })).toBe(
    'Cannot update these configs at default cluster level, broker id must be specified: [listeners]',
  );
  expect(problem('1', { 'log.retention.ms': 'x' })).toBe(
    'Invalid value x for configuration log.retention.ms: Not a number of type LONG',
  );
  expect(problem('', { 'num.io.threads': '16', 'num.network.threads': '4' })).toBeNull();
  expect(problem('', { 'num.io.threads': '17' })).toBe(
    'Invalid value org.apache.kafka.common.config.ConfigException: Dynamic thread count update validation failed for num.io.threads=17, value should not be greater than double the current value 8 for configuration Invalid dynamic configuration',
  );
  expect(problem('1', { 'num.network.threads': '3' })).toBe(
    'Invalid value org.apache.kafka.common.config.ConfigException: Dynamic thread count update validation failed for num.network.threads=3, value should be at least half the current value 8 for configuration Invalid dynamic configuration',
  );
});

test('lags of compaction must not contradict each other', () => {
  const configs = (entries: Record<string, string>) =>
    conflictInTopicConfigs(new Map(Object.entries(entries)));
  expect(configs({ 'min.compaction.lag.ms': '10' })).toBeNull();
  expect(configs({ 'min.compaction.lag.ms': '10', 'max.compaction.lag.ms': '5' })).toBe(
    'conflict topic config setting min.compaction.lag.ms (10) > max.compaction.lag.ms (5)',
  );
  expect(configs({ 'min.compaction.lag.ms': 'x' })).toBeNull();
});

test('every default of a broker config is itself valid and documented', () => {
  for (const definition of BROKER_CONFIGS.values()) {
    const { name, defaultValue, documentation } = definition;
    if (defaultValue !== null) expect(rules.problemWith('broker', name, defaultValue), name).toBeNull();
    expect(documentation, name).toMatch(/\.$/);
  }
});
