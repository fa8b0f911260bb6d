import type { ConfigCheck, ConfigDefinition } from './definition.ts';

const MIN_INTERVAL_MS = 100;
const MAX_INTERVAL_MS = 3_600_000;

/** What a client may be known by in a subscription's `match`. */
const MATCHABLE = [
  'client_instance_id',
  'client_id',
  'client_software_name',
  'client_software_version',
  'client_source_address',
  'client_source_port',
] as const;
type Matchable = (typeof MATCHABLE)[number];

/** Which clients a subscription is for: each named property has to match. Null when one of the patterns can't be read. */
export function clientPatterns(match: readonly string[]): ReadonlyMap<Matchable, RegExp> | null {
  const patterns = new Map<Matchable, RegExp>();
  for (const item of match) {
    const [name, pattern, ...rest] = item.split('=').map((part) => part.trim());
    const property = MATCHABLE.find((each) => each === name);
    if (property === undefined || pattern === undefined || rest.length > 0) return null;
    try {
      patterns.set(property, new RegExp(`^(?:${pattern})$`));
    } catch {
      return null;
    }
  }
  return patterns;
}

const knownClients: ConfigCheck = (value) => {
  const bad = (value as readonly string[]).find((item) => clientPatterns([item]) === null);
  return bad === undefined ? null : `Illegal client matching pattern: ${bad}`;
};

const rows = [
  {
    name: 'interval.ms',
    type: 'INT',
    defaultValue: '300000',
    documentation: 'How often a client sends the metrics that it was asked for.',
    check: null,
  },
  {
    name: 'match',
    type: 'LIST',
    defaultValue: '',
    documentation:
      'Which clients are asked: name=pattern for each property that has to match; all when there is none.',
    check: knownClients,
  },
  {
    name: 'metrics',
    type: 'LIST',
    defaultValue: '',
    documentation: 'What the names of the wanted metrics begin with; * stands for all.',
    check: null,
  },
] as const;

/** The configs of a client metrics subscription (KIP-714), by name, in alphabetical order. */
export const CLIENT_METRICS_CONFIGS: ReadonlyMap<string, ConfigDefinition> = new Map(
  rows.map((row) => [row.name, { ...row, updateMode: 'cluster-wide' }]),
);

/** Why a subscription can't be changed so, in Kafka's words for INVALID_REQUEST; null when it can. */
export function problemWithSubscription(
  changes: readonly { readonly name: string; readonly value: string | null }[],
): string | null {
  for (const { name, value } of changes) {
    if (!CLIENT_METRICS_CONFIGS.has(name)) return `Unknown client metrics configuration: ${name}`;
    const problem = name === 'interval.ms' && value !== null ? problemWithInterval(value) : null;
    if (problem !== null) return problem;
  }
  return null;
}

function problemWithInterval(value: string): string | null {
  const interval = Number(value);
  if (Number.isNaN(interval)) return null;
  if (interval >= MIN_INTERVAL_MS && interval <= MAX_INTERVAL_MS) return null;
  return `Invalid value ${value} for interval.ms, interval must be between 100 and 3600000 (1 hour)`;
}
