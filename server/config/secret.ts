import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TlsSettings } from '../client/connection-settings.ts';
import { SettingError } from './setting-error.ts';
import type { SettingsFileCluster } from './settings.ts';

/** Where settings were given. */
export interface Place {
  /** How a person knows the cluster's settings: `kafdeck.yaml: clusters[0]` or `KAFDECK_BROKERS`. */
  name: string;
  folder: string;
  env: Record<string, string | undefined>;
  /** Names of what was set by a variable or flag instead, by key. */
  names?: Record<string, string>;
}

/** TLS settings with their files read; null: no TLS. */
export function tlsOf(given: SettingsFileCluster['ssl'], place: Place): TlsSettings | null {
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

/** A secret given as it is, in a file (its last line break does not count), or in a variable. */
export function secret(
  given: object,
  key: 'password' | 'passphrase' | 'clientSecret' | 'token',
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

export function read(path: string, name: string, place: Place): string {
  try {
    return readFileSync(resolve(place.folder, path), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new SettingError(
      `${name}: the file cannot be read (${code}); see that it exists and that you may read it`,
    );
  }
}
