import type { SaslSettings, TokenSource } from '../client/connection-settings.ts';
import type { MaskingRule } from '../masking/masking-rules.ts';
import { type Place, secret, tlsOf } from './secret.ts';
import { serdesOf } from './serde-secrets.ts';
import { SettingError } from './setting-error.ts';
import type { ClusterSettings, SerdeSettings, SettingsFileCluster } from './settings.ts';

/**
 * A cluster's settings with files read and secrets resolved.
 *
 * @param shared what the top of the file says: how messages are read where a cluster says nothing, and what is masked in all of them
 * @throws SettingError for an unreadable file, a missing secret, or two ways to give the same one
 */
export function clusterOf(
  given: SettingsFileCluster,
  place: Place,
  shared: { serdes: SerdeSettings; masking: MaskingRule[] },
): ClusterSettings {
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
    serdes: serdesOf(given, place, shared.serdes),
    masking: [...given.masking, ...shared.masking],
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
