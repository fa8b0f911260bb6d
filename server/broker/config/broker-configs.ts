import { BROKER_CLIENT_CONFIGS } from './broker-client-configs.ts';
import { BROKER_CLUSTER_CONFIGS } from './broker-cluster-configs.ts';
import { brokerConfigOfRow } from './broker-config-row.ts';
import { BROKER_GROUP_CONFIGS } from './broker-group-configs.ts';
import { BROKER_LOG_CONFIGS } from './broker-log-configs.ts';
import { BROKER_LOGIN_CONFIGS } from './broker-login-configs.ts';
import { BROKER_NODE_CONFIGS } from './broker-node-configs.ts';
import { BROKER_REMOTE_STORAGE_CONFIGS } from './broker-remote-storage-configs.ts';
import { BROKER_REQUEST_CONFIGS } from './broker-request-configs.ts';
import { BROKER_SECURITY_CONFIGS } from './broker-security-configs.ts';
import type { ConfigDefinition } from './definition.ts';

/** The broker configs that are known, by name, in alphabetical order. Names that are not here may be set all the same. */
export const BROKER_CONFIGS: ReadonlyMap<string, ConfigDefinition> = new Map(
  [
    ...BROKER_CLUSTER_CONFIGS,
    ...BROKER_LOG_CONFIGS,
    ...BROKER_CLIENT_CONFIGS,
    ...BROKER_GROUP_CONFIGS,
    ...BROKER_SECURITY_CONFIGS,
    ...BROKER_LOGIN_CONFIGS,
    ...BROKER_REMOTE_STORAGE_CONFIGS,
    ...BROKER_REQUEST_CONFIGS,
    ...BROKER_NODE_CONFIGS,
  ]
    .map(brokerConfigOfRow)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((definition) => [definition.name, definition]),
);

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Broker configs that mean the same in another unit: the first that is set holds. The factor leads to the first one's unit. */
const SYNONYMS: ReadonlyMap<string, readonly (readonly [name: string, factor: number])[]> = new Map([
  [
    'log.retention.ms',
    [
      ['log.retention.ms', 1],
      ['log.retention.minutes', MINUTE_MS],
      ['log.retention.hours', HOUR_MS],
    ],
  ],
  [
    'log.roll.ms',
    [
      ['log.roll.ms', 1],
      ['log.roll.hours', HOUR_MS],
    ],
  ],
  [
    'log.roll.jitter.ms',
    [
      ['log.roll.jitter.ms', 1],
      ['log.roll.jitter.hours', HOUR_MS],
    ],
  ],
  [
    'log.flush.interval.ms',
    [
      ['log.flush.interval.ms', 1],
      ['log.flush.scheduler.interval.ms', 1],
    ],
  ],
  [
    'log.dirs',
    [
      ['log.dirs', 1],
      ['log.dir', 1],
    ],
  ],
]);

/** A broker config and those that stand in for it, best first. */
export function synonymsOf(name: string): readonly (readonly [name: string, factor: number])[] {
  return SYNONYMS.get(name) ?? [[name, 1]];
}
