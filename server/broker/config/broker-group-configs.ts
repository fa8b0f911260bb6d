import type { BrokerConfigRow } from './broker-config-row.ts';
import type { ConfigCheck, ConfigType, UpdateMode } from './definition.ts';
import { atLeast, between, listOf, oneOfAnyCase } from './definition.ts';

const MAX_INT = '2147483647';

/** `share`, `streams` and `consumer` groups have the same configs, under their own names. */
function timing(kind: string, sessionNoun: string): BrokerConfigRow[] {
  const row = (name: string, value: string, check: ConfigCheck, documentation: string): BrokerConfigRow => [
    `group.${kind}.${name}`,
    'INT',
    value,
    name === 'assignment.interval.ms' ? 'cluster-wide' : 'read-only',
    check,
    documentation,
  ];
  const ofGroup = `that may be set for a ${kind} group.`;
  return [
    row(
      'session.timeout.ms',
      '45000',
      atLeast(1),
      `A ${sessionNoun} that is silent for so long has left its group.`,
    ),
    row('min.session.timeout.ms', '45000', atLeast(1), `The shortest session timeout ${ofGroup}`),
    row('max.session.timeout.ms', '60000', atLeast(1), `The longest session timeout ${ofGroup}`),
    row('heartbeat.interval.ms', '5000', atLeast(1), `How often a ${sessionNoun} is to send heartbeats.`),
    row('min.heartbeat.interval.ms', '5000', atLeast(1), `The shortest heartbeat interval ${ofGroup}`),
    row('max.heartbeat.interval.ms', '15000', atLeast(1), `The longest heartbeat interval ${ofGroup}`),
    row(
      'assignment.interval.ms',
      '1000',
      atLeast(0),
      `The least time between two assignments of a ${kind} group.`,
    ),
    row('min.assignment.interval.ms', '0', atLeast(0), `The shortest time between assignments ${ofGroup}`),
    row('max.assignment.interval.ms', '15000', atLeast(0), `The longest time between assignments ${ofGroup}`),
  ];
}

function readOnly(
  name: string,
  type: ConfigType,
  value: string,
  check: ConfigCheck | null,
  documentation: string,
  updateMode: UpdateMode = 'read-only',
): BrokerConfigRow {
  return [name, type, value, updateMode, check, documentation];
}

/** Groups of the new protocols: the facts are Kafka 4.3's (GroupCoordinatorConfig, ShareGroupConfig, ShareCoordinatorConfig). */
export const BROKER_GROUP_CONFIGS: readonly BrokerConfigRow[] = [
  ...timing('consumer', 'consumer'),
  readOnly('group.consumer.max.size', 'INT', MAX_INT, atLeast(1), 'Members that a consumer group may have.'),
  readOnly(
    'group.consumer.assignors',
    'LIST',
    'uniform,range',
    listOf('uniform', 'range'),
    'The assignors that consumer groups may ask for; the first is taken when they do not.',
  ),
  readOnly(
    'group.consumer.migration.policy',
    'STRING',
    'bidirectional',
    oneOfAnyCase('DISABLED', 'DOWNGRADE', 'UPGRADE', 'BIDIRECTIONAL'),
    'Whether a group with members may go over from the classic protocol to the new one (upgrade) and back (downgrade).',
  ),
  ...timing('share', 'share consumer'),
  readOnly('group.share.max.size', 'INT', '200', between(1, 1000), 'Members that a share group may have.'),
  readOnly('group.share.assignors', 'LIST', 'simple', listOf('simple'), 'The assignor of share groups.'),
  readOnly(
    'group.share.partition.max.record.locks',
    'INT',
    '2000',
    between(100, 10_000),
    'Records of one partition that a share group may hold at a time.',
  ),
  readOnly(
    'group.share.min.partition.max.record.locks',
    'INT',
    '100',
    between(100, 2000),
    'The fewest records at a time that may be set for a share group.',
  ),
  readOnly(
    'group.share.max.partition.max.record.locks',
    'INT',
    '4000',
    between(2000, 10_000),
    'The most records at a time that may be set for a share group.',
  ),
  readOnly(
    'group.share.delivery.count.limit',
    'INT',
    '5',
    between(2, 10),
    'How often a share group is given a record before it is given up.',
  ),
  readOnly(
    'group.share.min.delivery.count.limit',
    'INT',
    '2',
    between(2, 5),
    'The lowest limit of deliveries that may be set for a share group.',
  ),
  readOnly(
    'group.share.max.delivery.count.limit',
    'INT',
    '10',
    between(5, 25),
    'The highest limit of deliveries that may be set for a share group.',
  ),
  readOnly(
    'group.share.record.lock.duration.ms',
    'INT',
    '30000',
    between(1000, 3_600_000),
    'How long a share consumer may keep a record without a word before another gets it.',
  ),
  readOnly(
    'group.share.min.record.lock.duration.ms',
    'INT',
    '15000',
    between(1000, 30_000),
    'The shortest lock of a record that may be set for a share group.',
  ),
  readOnly(
    'group.share.max.record.lock.duration.ms',
    'INT',
    '60000',
    between(30_000, 3_600_000),
    'The longest lock of a record that may be set for a share group.',
  ),
  readOnly(
    'group.share.max.share.sessions',
    'INT',
    '2000',
    atLeast(1),
    'Share sessions that a broker keeps at a time.',
  ),
  readOnly(
    'share.coordinator.state.topic.num.partitions',
    'INT',
    '50',
    atLeast(1),
    'Partitions of __share_group_state; fixed once it is made.',
  ),
  readOnly(
    'share.coordinator.state.topic.replication.factor',
    'SHORT',
    '3',
    atLeast(1),
    'Replicas of the partitions of __share_group_state.',
  ),
  readOnly(
    'share.coordinator.state.topic.min.isr',
    'SHORT',
    '2',
    atLeast(1),
    'The min.insync.replicas of __share_group_state.',
  ),
  readOnly(
    'share.coordinator.state.topic.segment.bytes',
    'INT',
    '104857600',
    atLeast(1),
    'Size of a segment of __share_group_state.',
  ),
  readOnly(
    'share.coordinator.snapshot.update.records.per.snapshot',
    'INT',
    '500',
    between(0, 500),
    'Changes of a share partition that are written before its whole state is written again.',
  ),
  readOnly(
    'share.coordinator.write.timeout.ms',
    'INT',
    '5000',
    atLeast(1),
    'How long a write into __share_group_state may wait for the followers.',
  ),
  ...timing('streams', 'streams client'),
  readOnly('group.streams.max.size', 'INT', MAX_INT, atLeast(1), 'Members that a streams group may have.'),
  readOnly(
    'group.streams.num.standby.replicas',
    'INT',
    '0',
    atLeast(0),
    'Standby copies of each stateful task.',
  ),
  readOnly(
    'group.streams.max.standby.replicas',
    'INT',
    '2',
    atLeast(0),
    'The most standby copies that may be set for a streams group.',
  ),
  readOnly(
    'group.streams.initial.rebalance.delay.ms',
    'INT',
    '3000',
    atLeast(0),
    'How long the coordinator waits for more clients before the first assignment of a streams group.',
  ),
  [
    'group.coordinator.append.linger.ms',
    'INT',
    '-1',
    'read-only',
    atLeast(-1),
    'How long the group coordinator gathers records before it writes them; -1: as long as others wait to be written.',
  ],
  [
    'group.coordinator.background.threads',
    'INT',
    '2',
    'read-only',
    atLeast(1),
    'Threads of the group coordinator for long work such as regular expressions.',
  ],
  [
    'group.coordinator.cached.buffer.max.bytes',
    'INT',
    '1048588',
    'cluster-wide',
    atLeast(524288),
    'The largest buffer that the group coordinator keeps for its next write.',
  ],
  [
    'share.coordinator.append.linger.ms',
    'INT',
    '-1',
    'read-only',
    atLeast(-1),
    'How long the share coordinator gathers records before it writes them; -1: as long as others wait to be written.',
  ],
  [
    'share.coordinator.cached.buffer.max.bytes',
    'INT',
    '1048588',
    'cluster-wide',
    atLeast(524288),
    'The largest buffer that the share coordinator keeps for its next write.',
  ],
  [
    'share.coordinator.load.buffer.size',
    'INT',
    '5242880',
    'read-only',
    atLeast(1),
    'Bytes that are read at once when the state of share groups is loaded.',
  ],
  [
    'share.coordinator.state.topic.compression.codec',
    'INT',
    '0',
    'read-only',
    null,
    'The compression of __share_group_state.',
  ],
  ['share.coordinator.threads', 'INT', '1', 'read-only', atLeast(1), 'Threads of the share coordinator.'],
  [
    'share.fetch.purgatory.purge.interval.requests',
    'INT',
    '1000',
    'read-only',
    null,
    'After how many waiting fetches of share groups those that are done are forgotten.',
  ],
];
