import { z } from 'zod';
import { serdeName } from '../../lib/contract/serdes.ts';
import type { ConnectionSettings } from '../client/connection-settings.ts';
import type { MaskingRule } from '../masking/masking-rules.ts';
import type { SerdeRule } from '../serdes/cluster-serdes.ts';
import type { SerdeSource } from '../serdes/serde-source.ts';
import { MASKING_KEYS, maskingSettings, oneOrMore, topicsPattern } from './masking-settings.ts';

/** `on`/`off` as people write it in YAML and in the environment. */
const onOff = z.preprocess(
  (value) => (typeof value === 'string' ? (ON_OFF[value.toLowerCase()] ?? value) : value),
  z.boolean('on or off'),
);
const ON_OFF: Record<string, boolean> = {
  on: true,
  off: false,
  true: true,
  false: false,
  yes: true,
  no: false,
};

/** A whole number, also when it comes as text from the environment or a flag. */
function whole(min: number, max: number, example: string) {
  const needs = `a whole number from ${min} to ${max}, e.g. ${example}`;
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value),
    z.int(needs).min(min, needs).max(max, needs),
  );
}

const port = (example: number) => whole(0, 65535, String(example));
const filled = (needs: string) => z.string(needs).trim().min(1, needs);

/** A list, or one text with commas. */
function list(item: z.ZodType<string>, needs: string) {
  return z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(',')
            .map((part) => part.trim())
            .filter((part) => part !== '')
        : value,
    z.array(item, needs).min(1, needs),
  );
}

const ADDRESS = 'host:port, e.g. kafka-1.example.com:9092';
const brokerAddress = z.string(ADDRESS).refine((address) => {
  const at = /^(?:\[[0-9a-fA-F:.%]+\]|[^\s:/[\]@]+):(\d{1,5})$/.exec(address);
  return at !== null && Number(at[1]) >= 1 && Number(at[1]) <= 65535;
}, ADDRESS);

const filePath = filled('the path of a file');

const sslSettings = z.strictObject(
  {
    ca: filePath.optional(),
    cert: filePath.optional(),
    key: filePath.optional(),
    passphrase: filled('the passphrase of the key').optional(),
    passphraseFile: filePath.optional(),
    passphraseEnv: filled('the name of an environment variable').optional(),
    servername: filled('the host name in the brokers’ certificate').optional(),
    rejectUnauthorized: onOff.default(true),
  },
  'on, off, or a group with ca, cert, key',
);

const REGISTRY_URL = 'the http(s) address of a schema registry, e.g. https://registry.example.com';

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'] as const;
const passwordSasl = {
  username: filled('the user name'),
  password: filled(
    'the password; better name a file in passwordFile or a variable in passwordEnv',
  ).optional(),
  passwordFile: filePath.optional(),
  passwordEnv: filled('the name of an environment variable').optional(),
};

const oauthSasl = {
  tokenCommand: z
    .union([filled('a command'), z.array(z.string()).min(1)], 'a command, or a list of program and arguments')
    .optional(),
  tokenUrl: z.url({ protocol: /^https?$/, error: 'the http(s) address of a token endpoint' }).optional(),
  clientId: filled('the OAuth client id').optional(),
  clientSecret: filled('the OAuth client secret').optional(),
  clientSecretFile: filePath.optional(),
  clientSecretEnv: filled('the name of an environment variable').optional(),
  scope: filled('OAuth scopes with spaces between').optional(),
};

const saslSettings = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && 'mechanism' in value && typeof value.mechanism === 'string'
      ? { ...value, mechanism: value.mechanism.toLowerCase() }
      : value,
  z.discriminatedUnion(
    'mechanism',
    [
      z.strictObject({ mechanism: z.literal('plain'), ...passwordSasl }),
      z.strictObject({ mechanism: z.literal('scram-sha-256'), ...passwordSasl }),
      z.strictObject({ mechanism: z.literal('scram-sha-512'), ...passwordSasl }),
      z.strictObject({ mechanism: z.literal('oauthbearer'), ...oauthSasl }),
    ],
    `a group with mechanism: ${MECHANISMS.join(', ')}`,
  ),
);

const registryGroup = z.strictObject(
  {
    url: z
      .url({ protocol: /^https?$/, error: REGISTRY_URL })
      .refine((url) => !/[?#]/.test(url), `${REGISTRY_URL} without query and fragment`),
    username: filled('the user name').optional(),
    password: filled(
      'the password; better name a file in passwordFile or a variable in passwordEnv',
    ).optional(),
    passwordFile: filePath.optional(),
    passwordEnv: filled('the name of an environment variable').optional(),
    token: filled('a token; better name a file in tokenFile or a variable in tokenEnv').optional(),
    tokenFile: filePath.optional(),
    tokenEnv: filled('the name of an environment variable').optional(),
    ssl: sslSettings.optional(),
    timeoutMs: whole(100, 60_000, '3000').default(3000),
  },
  `${REGISTRY_URL}, or a group with url`,
);
/** Its address alone is enough. */
const registrySettings = z.preprocess(
  (value) => (typeof value === 'string' ? { url: value } : value),
  registryGroup,
);
export type GivenRegistry = z.output<typeof registryGroup>;

const serdeRule = z.strictObject(
  {
    topics: oneOrMore(topicsPattern, 'patterns of topic names, e.g. shop.*'),
    key: serdeName.optional(),
    value: serdeName.optional(),
  },
  'a group with topics, and key or value or both',
);

/** How messages are read: of one cluster, or at the top of the file of all that do not say otherwise. */
const serdeSettings = {
  schemaRegistry: registrySettings.optional(),
  schemas: filled('the path of a folder with .avsc and .proto files').optional(),
  serdes: z.array(serdeRule, 'a list of groups with topics, key, value').optional(),
};

const clusterSettings = z.strictObject(
  {
    id: z
      .string('a short id')
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'an id of a–z, 0–9 and "-", at most 63 characters')
      .refine((id) => id !== 'embedded', 'another id: "embedded" is that of the embedded cluster'),
    name: filled('the name to show').optional(),
    brokers: list(brokerAddress, `a list of ${ADDRESS}`),
    ssl: z.union([onOff, sslSettings], 'on, off, or a group with ca, cert, key').default(false),
    sasl: saslSettings.optional(),
    ...serdeSettings,
    masking: maskingSettings,
    connectionTimeoutMs: whole(100, 600_000, '5000').default(5000),
    requestTimeoutMs: whole(100, 600_000, '15000').default(15_000),
  },
  'a group with id and brokers',
);

/** Everything that can be set, as `kafdeck.yaml` names it. Environment and flags set the same keys. */
export const settingsFile = z.strictObject(
  {
    host: filled('an address to listen on, e.g. 127.0.0.1').default('127.0.0.1'),
    port: port(9000).default(9000),
    dataDir: filled('the path of a folder').default('.kafdeck'),
    allowedHosts: list(
      filled('a host name'),
      'the host names under which the console is opened, e.g. kafdeck.example.com',
    ).default([]),
    embedded: z.union([onOff, z.literal('auto')], 'on, off or auto').default('auto'),
    embeddedPort: whole(0, 65533, '9092').default(9092),
    demo: onOff.default(true),
    logLevel: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug'], 'fatal, error, warn, info or debug')
      .default('warn'),
    ...serdeSettings,
    masking: maskingSettings,
    clusters: z.array(clusterSettings, 'a list of clusters').default([]),
  },
  'a group of settings',
);
export type SettingsFile = z.output<typeof settingsFile>;
export type SettingsFileCluster = SettingsFile['clusters'][number];

/** Keys that may stand at a place in the settings file. */
export function knownKeys(path: PropertyKey[]): string[] {
  const [group, inner] = path[0] === 'clusters' ? path.slice(2) : path;
  if (path.length === 0) return Object.keys(settingsFile.shape);
  if (group === 'schemaRegistry')
    return Object.keys(inner === 'ssl' ? sslSettings.shape : registryGroup.shape);
  if (group === 'serdes') return Object.keys(serdeRule.shape);
  if (group === 'masking') return MASKING_KEYS;
  if (group === 'ssl') return Object.keys(sslSettings.shape);
  if (group === 'sasl') return ['mechanism', ...Object.keys(passwordSasl), ...Object.keys(oauthSasl)];
  return Object.keys(clusterSettings.shape);
}

/** A cluster to connect to, with every secret resolved. Never log it. */
export interface ClusterSettings {
  id: string;
  name: string;
  connection: ConnectionSettings;
  serdes: SerdeSettings;
  /** The most important first. */
  masking: MaskingRule[];
}

/** How messages of a cluster are read, with every secret resolved and every schema file read. Never log it. */
export interface SerdeSettings {
  source: SerdeSource;
  rules: SerdeRule[];
}

/** What the console runs by: defaults, file, environment and flags together. */
export interface Settings {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Absolute. */
  dataDir: string;
  allowedHosts: string[];
  embedded: { enabled: boolean; port: number; serdes: SerdeSettings; masking: MaskingRule[] };
  /** Sample data is wanted on the embedded cluster, as long as nobody switched it off in the console. */
  demo: boolean;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  clusters: ClusterSettings[];
}
