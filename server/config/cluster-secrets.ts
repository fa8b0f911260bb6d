import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SaslSettings, TlsSettings, TokenSource } from '../client/connection-settings.ts';
import { SettingError } from './setting-error.ts';
import type { ClusterSettings, SettingsFileCluster } from './settings.ts';

interface Place {
  /** How a person knows the cluster's settings: `kafdeck.yaml: clusters[0]` or `KAFDECK_BROKERS`. */
  name: string;
  folder: string;
  env: Record<string, string | undefined>;
}

/**
 * A cluster's settings with files read and secrets resolved.
 *
 * @throws SettingError for an unreadable file, a missing secret, or two ways to give the same one
 */
export function clusterOf(given: SettingsFileCluster, place: Place): ClusterSettings {
  return {
    id: given.id,
    name: given.name ?? given.id,
    connection: {
      brokers: given.brokers,
      tls: tlsOf(given.ssl, place),
      sasl: given.sasl ? saslOf(given.sasl, place) : null,
      connectionTimeoutMs: given.connectionTimeoutMs,
      requestTimeoutMs: given.requestTimeoutMs,
    },
  };
}

function tlsOf(given: SettingsFileCluster['ssl'], place: Place): TlsSettings | null {
  if (given === false) return null;
  if (given === true) return { rejectUnauthorized: true };
  if ((given.cert === undefined) !== (given.key === undefined)) {
    const [there, missing] = given.cert === undefined ? ['key', 'cert'] : ['cert', 'key'];
    throw new SettingError(`${place.name}.ssl.${missing}: is missing; ${there} and ${missing} go together`);
  }
  const file = (key: 'ca' | 'cert' | 'key') =>
    given[key] === undefined ? undefined : read(given[key], `${place.name}.ssl.${key}`, place);
  return {
    ca: file('ca'),
    cert: file('cert'),
    key: file('key'),
    passphrase: secret(given, 'passphrase', `${place.name}.ssl`, place),
    servername: given.servername,
    rejectUnauthorized: given.rejectUnauthorized,
  };
}

function saslOf(given: NonNullable<SettingsFileCluster['sasl']>, place: Place): SaslSettings {
  const name = `${place.name}.sasl`;
  if (given.mechanism === 'oauthbearer')
    return { mechanism: given.mechanism, token: tokenOf(given, name, place) };
  const password = secret(given, 'password', name, place);
  if (password === undefined) {
    throw new SettingError(`${name}.password: nothing was given; set password, passwordFile or passwordEnv`);
  }
  return { mechanism: given.mechanism, username: given.username, password };
}

type OauthGiven = Extract<NonNullable<SettingsFileCluster['sasl']>, { mechanism: 'oauthbearer' }>;

function tokenOf(given: OauthGiven, name: string, place: Place): TokenSource {
  const { tokenCommand, tokenUrl } = given;
  if ((tokenCommand === undefined) === (tokenUrl === undefined)) {
    throw new SettingError(`${name}: oauthbearer needs either tokenCommand or tokenUrl`);
  }
  if (tokenCommand !== undefined) {
    const [program = '', ...args] =
      typeof tokenCommand === 'string' ? ['/bin/sh', '-c', tokenCommand] : tokenCommand;
    return { kind: 'command', program, args };
  }
  const clientSecret = secret(given, 'clientSecret', name, place);
  if (given.clientId === undefined || clientSecret === undefined) {
    throw new SettingError(
      `${name}: tokenUrl needs clientId and one of clientSecret, clientSecretFile, clientSecretEnv`,
    );
  }
  return { kind: 'url', url: tokenUrl!, clientId: given.clientId, clientSecret, scope: given.scope ?? null };
}

/** A secret given as it is, in a file (its last line break does not count), or in a variable. */
function secret(
  given: object,
  key: 'password' | 'passphrase' | 'clientSecret',
  name: string,
  place: Place,
): string | undefined {
  const values = given as Record<string, string | undefined>;
  const ways = [key, `${key}File`, `${key}Env`].filter((way) => values[way] !== undefined);
  if (ways.length > 1) throw new SettingError(`${name}: ${ways.join(' and ')} are both given; keep one`);
  const [way] = ways;
  if (way === undefined) return undefined;
  if (way === key) return values[way];
  if (way.endsWith('File')) return read(values[way]!, `${name}.${way}`, place).replace(/\r?\n$/, '');
  const value = place.env[values[way]!];
  if (value === undefined || value === '') {
    throw new SettingError(
      `${name}.${way}: the environment variable it names is not set; set it, or use ${key}File`,
    );
  }
  return value;
}

function read(path: string, name: string, place: Place): string {
  try {
    return readFileSync(resolve(place.folder, path), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new SettingError(
      `${name}: the file cannot be read (${code}); see that it exists and that you may read it`,
    );
  }
}
