import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ACCESS_USAGE, type AccessSettings, configsOfAccess, readAccess } from './access-settings.ts';
import { CHAOS_USAGE, type ChaosStep, readChaosStep } from './chaos.ts';
import type { BrokerPlace } from './cluster.ts';

/** A setting that can't be followed, in one line for the person who set it. */
export class BrokerSettingError extends Error {
  override name = 'BrokerSettingError';
}

/** How the embedded cluster is to run. */
export interface BrokerSettings {
  readonly host: string;
  /** The first broker's port, the others follow; 0 takes any free ones. */
  readonly port: number;
  /** The port was asked for by name: when it is taken that is an error, and no other is looked for. */
  readonly portIsFixed: boolean;
  /** Absolute path; null keeps everything in memory. */
  readonly dataDir: string | null;
  readonly brokers: readonly BrokerPlace[];
  /** The listeners beside the plain one, and who may come in by them. */
  readonly access: AccessSettings;
  /** What is to go wrong. */
  readonly chaos: readonly ChaosStep[];
  /** The brokers' static configs. */
  readonly brokerConfigs: Readonly<Record<string, string>>;
}

const DEFAULT_PORT = 9092;
const DEFAULT_BROKER_COUNT = 3;
const MAX_BROKERS = 9;
const DEFAULT_DATA_DIR = '.kafdeck';

export const USAGE = `npm run broker -- [options]
  --port <n>              first broker's port (${DEFAULT_PORT}; the next free block when it is taken, unless you name one)
  --data-dir <folder>     where the data is kept (${DEFAULT_DATA_DIR}/embedded)
  --memory                keep everything in memory
  --brokers <n>           how many, 1 to ${MAX_BROKERS} (${DEFAULT_BROKER_COUNT})
  --racks <a,b,…>         their racks, in turn (rack-a,rack-b,rack-c)
  --config <name=value>   a broker config; may be repeated
${CHAOS_USAGE}
${ACCESS_USAGE}
Environment: KAFDECK_EMBEDDED_PORT, KAFDECK_DATA_DIR (the data is in its folder "embedded"),
KAFDECK_EMBEDDED_LISTENERS and KAFDECK_EMBEDDED_USERS (as the flags, separated by commas).`;

/** @throws BrokerSettingError with one line that names what is wrong */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): BrokerSettings {
  const flags = readFlags(args);
  const count = wholeNumber('--brokers', flags.brokers ?? String(DEFAULT_BROKER_COUNT), 1, MAX_BROKERS);
  const port = wholeNumber(
    flags.port === undefined ? 'KAFDECK_EMBEDDED_PORT' : '--port',
    flags.port ?? (env.KAFDECK_EMBEDDED_PORT || String(DEFAULT_PORT)),
    0,
    65536 - count,
  );
  if (flags.memory && flags['data-dir'] !== undefined) {
    throw new BrokerSettingError('--memory and --data-dir exclude each other');
  }
  const racks = (flags.racks ?? 'rack-a,rack-b,rack-c').split(',').map((rack) => rack.trim());
  if (racks.includes('')) throw new BrokerSettingError('--racks: a rack has no name');
  const access = asSettings(() => readAccess(flags, env));
  const replicas = String(Math.min(3, count));
  return {
    host: '127.0.0.1',
    port,
    // The console always hands its setting on; only another port than the usual one, or the variable, is a wish.
    portIsFixed: port !== DEFAULT_PORT || Boolean(env.KAFDECK_EMBEDDED_PORT),
    dataDir: flags.memory
      ? null
      : resolve(flags['data-dir'] ?? join(env.KAFDECK_DATA_DIR || DEFAULT_DATA_DIR, 'embedded')),
    brokers: Array.from({ length: count }, (_, index) => ({
      id: index + 1,
      rack: racks[index % racks.length]!,
    })),
    access,
    chaos: (flags.chaos ?? []).map((text) => readChaos(text, count)),
    brokerConfigs: {
      ...asSettings(() => configsOfAccess(access, flags.authorizer)),
      'default.replication.factor': replicas,
      'offsets.topic.replication.factor': replicas,
      'offsets.topic.num.partitions': '10',
      'group.initial.rebalance.delay.ms': '100',
      'group.streams.initial.rebalance.delay.ms': '100',
      // Seen within seconds what real brokers show within half a minute, or five.
      'replica.lag.time.max.ms': '5000',
      'log.retention.check.interval.ms': '10000',
      ...readConfigs(flags.config ?? []),
    },
  };
}

function readChaos(text: string, brokerCount: number): ChaosStep {
  const step = readChaosStep(text);
  if (step === null || step.broker < 1 || step.broker > brokerCount) {
    throw new BrokerSettingError(
      `--chaos is '${text}', but has to be like slow-follower=2:500, partition=3@10-40, stop=2 or kill=1@5, with a broker from 1 to ${brokerCount}`,
    );
  }
  return step;
}

function asSettings<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BrokerSettingError(error instanceof Error ? error.message : String(error));
  }
}

function readFlags(args: readonly string[]) {
  return asSettings(
    () =>
      parseArgs({
        args: [...args],
        options: {
          port: { type: 'string' },
          'data-dir': { type: 'string' },
          memory: { type: 'boolean', default: false },
          brokers: { type: 'string' },
          racks: { type: 'string' },
          config: { type: 'string', multiple: true },
          chaos: { type: 'string', multiple: true },
          listener: { type: 'string', multiple: true },
          user: { type: 'string', multiple: true },
          users: { type: 'string' },
          'tls-cert': { type: 'string' },
          'tls-key': { type: 'string' },
          'tls-ca': { type: 'string' },
          authorizer: { type: 'string' },
        },
      }).values,
  );
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new BrokerSettingError(`${name} is '${text}', but has to be a whole number from ${min} to ${max}`);
}

function readConfigs(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new BrokerSettingError(`--config is '${pair}', but has to be name=value`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
