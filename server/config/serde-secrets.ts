import type { RegistrySource } from '../serdes/serde-source.ts';
import { readSchemaFiles } from './schema-files.ts';
import { type Place, secret, tlsOf } from './secret.ts';
import { SettingError } from './setting-error.ts';
import type { GivenRegistry, SerdeSettings, SettingsFile } from './settings.ts';

type Given = Pick<SettingsFile, 'schemaRegistry' | 'schemas' | 'serdes'>;

/**
 * How messages are read, with files read and secrets resolved. What is not given is as `otherwise` says.
 *
 * @throws SettingError for an unreadable file, a missing secret, or two ways to sign in
 */
export function serdesOf(given: Given, place: Place, otherwise: SerdeSettings | null = null): SerdeSettings {
  const { schemaRegistry, schemas, serdes } = given;
  return {
    source: {
      registry: schemaRegistry
        ? registryOf(schemaRegistry, { ...place, name: nameOf(place, 'schemaRegistry') })
        : (otherwise?.source.registry ?? null),
      files:
        schemas === undefined
          ? (otherwise?.source.files ?? [])
          : readSchemaFiles(schemas, { ...place, name: nameOf(place, 'schemas') }),
    },
    rules:
      serdes?.map(({ topics, key, value }) => ({ topics, key: key ?? null, value: value ?? null })) ??
      otherwise?.rules ??
      [],
  };
}

/** `kafdeck.yaml: clusters[0].schemas`, and `kafdeck.yaml: schemas` at the top of the file. */
function nameOf(place: Place, key: string): string {
  const elsewhere = place.names?.[key];
  if (elsewhere !== undefined) return elsewhere;
  return place.name.endsWith(':') ? `${place.name} ${key}` : `${place.name}.${key}`;
}

function registryOf(given: GivenRegistry, place: Place): RegistrySource {
  const url = new URL(given.url);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  return {
    url: url.href.replace(/\/+$/, ''),
    auth: authOf(
      username === ''
        ? given
        : { ...given, username: decodeURIComponent(username), password: decodeURIComponent(password) },
      place,
    ),
    tls: given.ssl ? tlsOf(given.ssl, place) : null,
    timeoutMs: given.timeoutMs,
  };
}

function authOf(given: GivenRegistry, place: Place): RegistrySource['auth'] {
  const token = secret(given, 'token', place.name, place);
  const password = secret(given, 'password', place.name, place);
  if (token !== undefined && given.username !== undefined) {
    throw new SettingError(`${place.name}: username and token are both given; keep one`);
  }
  if (token !== undefined) return { kind: 'bearer', token };
  if (given.username === undefined && password === undefined) return null;
  if (given.username === undefined || password === undefined) {
    const [there, missing] = password === undefined ? ['username', 'password'] : ['password', 'username'];
    throw new SettingError(`${place.name}.${missing}: is missing; ${there} and ${missing} go together`);
  }
  return { kind: 'basic', username: given.username, password };
}
