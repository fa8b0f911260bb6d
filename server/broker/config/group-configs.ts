import { BROKER_CONFIGS } from './broker-configs.ts';
import {
  atLeast,
  type ConfigCheck,
  type ConfigDefinition,
  type ConfigType,
  oneOf,
  problemWithValue,
} from './definition.ts';

/** A config that can be set for a group (KIP-848, KIP-932, KIP-1071). */
export interface GroupConfigDefinition extends ConfigDefinition {
  /** The broker config that holds for groups that do not set it; null: the default holds. */
  readonly brokerConfig: string | null;
}

type Row = readonly [
  name: string,
  type: ConfigType,
  defaultValue: string,
  brokerConfig: string | null,
  check: ConfigCheck | null,
  documentation: string,
];

/** `latest`, `earliest`, or `by_duration:` with a duration as ISO 8601 writes it (KIP-1106). */
const autoOffsetReset: ConfigCheck = (value, name) => {
  const text = String(value);
  if (text === 'latest' || text === 'earliest') return null;
  if (/^by_duration:P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,9})?S)?)?$/i.test(text)) return null;
  return `Invalid value \`${text}\` for configuration ${name}. The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.`;
};

function timing(kind: 'consumer' | 'share' | 'streams'): Row[] {
  return [
    [
      `${kind}.session.timeout.ms`,
      'INT',
      '45000',
      `group.${kind}.session.timeout.ms`,
      atLeast(1),
      'A member that is silent for so long has left the group.',
    ],
    [
      `${kind}.heartbeat.interval.ms`,
      'INT',
      '5000',
      `group.${kind}.heartbeat.interval.ms`,
      atLeast(1),
      'How often members are to send heartbeats.',
    ],
    [
      `${kind}.assignment.interval.ms`,
      'INT',
      '1000',
      `group.${kind}.assignment.interval.ms`,
      atLeast(0),
      'The least time between two assignments of the group.',
    ],
  ];
}

const ROWS: readonly Row[] = [
  ...timing('consumer'),
  ...timing('share'),
  [
    'share.record.lock.duration.ms',
    'INT',
    '30000',
    'group.share.record.lock.duration.ms',
    atLeast(1000),
    'How long a consumer may keep a record without a word before another gets it.',
  ],
  [
    'share.delivery.count.limit',
    'INT',
    '5',
    'group.share.delivery.count.limit',
    atLeast(2),
    'How often a record is delivered before it is given up.',
  ],
  [
    'share.partition.max.record.locks',
    'INT',
    '2000',
    'group.share.partition.max.record.locks',
    atLeast(100),
    'Records of one partition that the group may hold at a time.',
  ],
  [
    'share.auto.offset.reset',
    'STRING',
    'latest',
    null,
    autoOffsetReset,
    'Where the group starts to read a partition: earliest, latest or by_duration:<ISO 8601 duration>.',
  ],
  [
    'share.isolation.level',
    'STRING',
    'read_uncommitted',
    null,
    oneOf('read_committed', 'read_uncommitted'),
    'Whether the group is given records of transactions that are not committed.',
  ],
  [
    'share.renew.acknowledge.enable',
    'BOOLEAN',
    'true',
    null,
    null,
    'Whether a consumer may ask for more time with a record.',
  ],
  ...timing('streams'),
  [
    'streams.num.standby.replicas',
    'INT',
    '0',
    'group.streams.num.standby.replicas',
    atLeast(0),
    'Standby copies of each stateful task.',
  ],
  [
    'streams.initial.rebalance.delay.ms',
    'INT',
    '3000',
    'group.streams.initial.rebalance.delay.ms',
    atLeast(0),
    'How long the coordinator waits for more clients before the first assignment.',
  ],
];

/** The configs that a group may have, by name, in alphabetical order. */
export const GROUP_CONFIGS: ReadonlyMap<string, GroupConfigDefinition> = new Map(
  ROWS.map(
    ([name, type, defaultValue, brokerConfig, check, documentation]): GroupConfigDefinition => ({
      name,
      type,
      defaultValue,
      brokerConfig,
      check,
      documentation,
      updateMode: 'cluster-wide',
    }),
  )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((definition) => [definition.name, definition]),
);

interface Limits {
  readonly min: string | null;
  readonly max: string | null;
}

/** The broker configs between which a group's value has to be. */
function limitsOf({ name, brokerConfig }: GroupConfigDefinition): Limits {
  if (name === 'streams.num.standby.replicas')
    return { min: null, max: 'group.streams.max.standby.replicas' };
  if (brokerConfig === null || name === 'streams.initial.rebalance.delay.ms') return { min: null, max: null };
  const [, kind, ...rest] = brokerConfig.split('.');
  const limit = (which: string) => `group.${kind}.${which}.${rest.join('.')}`;
  return { min: limit('min'), max: limit('max') };
}

/** A broker's config by name, as text. */
export type BrokerValue = (name: string) => string | undefined;

function brokerNumber(brokerValue: BrokerValue, name: string): number {
  return Number(brokerValue(name) ?? BROKER_CONFIGS.get(name)?.defaultValue);
}

/** The value that holds for a group: its own, brought within the broker's limits, or the broker's. */
export function groupConfigValue(
  name: string,
  own: ReadonlyMap<string, string>,
  brokerValue: BrokerValue,
): string {
  const definition = GROUP_CONFIGS.get(name);
  if (definition === undefined) throw new TypeError(`${name} is no config of groups`);
  const value = own.get(name);
  if (value === undefined) {
    const inherited = definition.brokerConfig === null ? undefined : brokerValue(definition.brokerConfig);
    return inherited ?? definition.defaultValue!;
  }
  const { min, max } = limitsOf(definition);
  if (min !== null && Number(value) < brokerNumber(brokerValue, min))
    return String(brokerNumber(brokerValue, min));
  if (max !== null && Number(value) > brokerNumber(brokerValue, max))
    return String(brokerNumber(brokerValue, max));
  return value;
}

/** Why a group's configs can't be so, in Kafka's words for INVALID_CONFIG; null when they can. */
export function problemWithGroupConfigs(
  configs: ReadonlyMap<string, string>,
  brokerValue: BrokerValue,
): string | null {
  for (const [name, value] of configs) {
    const definition = GROUP_CONFIGS.get(name);
    if (definition === undefined) return `Unknown group config name: ${name}`;
    const problem = problemWithValue(definition, value);
    if (problem !== null) return problem;
  }
  const number = (name: string) => {
    const own = configs.get(name);
    return Number(own ?? groupConfigValue(name, new Map(), brokerValue));
  };
  for (const definition of GROUP_CONFIGS.values()) {
    const { name } = definition;
    if (name.endsWith('.assignment.interval.ms') && !configs.has(name)) continue;
    const { min, max } = limitsOf(definition);
    if (min !== null && number(name) < brokerNumber(brokerValue, min)) {
      return `${name} must be greater than or equal to ${min}`;
    }
    if (max !== null && number(name) > brokerNumber(brokerValue, max)) {
      return `${name} must be less than or equal to ${max}`;
    }
  }
  for (const kind of ['consumer', 'share', 'streams']) {
    const [session, heartbeat] = [`${kind}.session.timeout.ms`, `${kind}.heartbeat.interval.ms`];
    if (number(session) <= number(heartbeat)) return `${session} must be greater than ${heartbeat}`;
  }
  return null;
}
